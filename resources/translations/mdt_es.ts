<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_US" sourcelanguage="en_US">
  <context>
    <name>AccountsScreen</name>
    <message>
      <source>Accounts</source>
      <translation>Cuentas</translation>
    </message>
    <message>
      <source>Acts: shut</source>
      <translation>Acciones: cerradas</translation>
    </message>
    <message>
      <source>Certificate</source>
      <translation>Certificado</translation>
    </message>
    <message>
      <source>Credential</source>
      <translation>Credencial</translation>
    </message>
    <message>
      <source>Headquarters is asked …</source>
      <translation>Se pregunta a la central …</translation>
    </message>
    <message>
      <source>It is sent …</source>
      <translation>Se envía …</translation>
    </message>
    <message>
      <source>Its security keys</source>
      <translation>Sus llaves de seguridad</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Llaves</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>PIN of the security key</source>
      <translation>PIN de la llave de seguridad</translation>
    </message>
    <message>
      <source>Proves by</source>
      <translation>Se acredita con</translation>
    </message>
    <message>
      <source>Register a key</source>
      <translation>Registrar llave</translation>
    </message>
    <message>
      <source>Release lock</source>
      <translation>Desbloquear</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Restituir</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>Función</translation>
    </message>
    <message>
      <source>Save to which file (%1)?</source>
      <translation>¿En qué archivo se guarda (%1)?</translation>
    </message>
    <message>
      <source>Security key</source>
      <translation>Llave de seguridad</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Suspend</source>
      <translation>Suspender</translation>
    </message>
    <message>
      <source>The file is made …</source>
      <translation>Se prepara el archivo …</translation>
    </message>
    <message>
      <source>The key is registered …</source>
      <translation>Se registra la llave …</translation>
    </message>
    <message>
      <source>Training</source>
      <translation>Capacitación</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Usuario</translation>
    </message>
    <message>
      <source>What is the new key of %1 called?</source>
      <translation>¿Cómo se llama la llave nueva de %1?</translation>
    </message>
    <message>
      <source>Why is %1 restored?</source>
      <translation>¿Por qué se restituye a %1?</translation>
    </message>
    <message>
      <source>Why is %1 suspended?</source>
      <translation>¿Por qué se suspende a %1?</translation>
    </message>
    <message>
      <source>Why is %1 withdrawn?</source>
      <translation>¿Por qué se retira %1?</translation>
    </message>
    <message>
      <source>Withdraw key</source>
      <translation>Retirar llave</translation>
    </message>
    <message>
      <source>Without the key</source>
      <translation>Sin la llave</translation>
    </message>
    <message>
      <source>Your own account: another Administrator does it</source>
      <translation>Su propia cuenta: lo hace otro Administrador</translation>
    </message>
    <message>
      <source>touch</source>
      <translation>toque</translation>
    </message>
    <message>
      <source>touch, and its PIN or a finger</source>
      <translation>toque, y su PIN o un dedo</translation>
    </message>
    <message>
      <source>■ %1 missing</source>
      <translation>■ faltan %1</translation>
    </message>
    <message>
      <source>✓ %1 is registered; cars know it at their next sync.</source>
      <translation>✓ %1 está registrada; las patrullas lo saben en su próxima sincronización.</translation>
    </message>
    <message>
      <source>✓ On record; cars know it at their next sync.</source>
      <translation>✓ Registrado; las patrullas lo saben en su próxima sincronización.</translation>
    </message>
    <message>
      <source>✓ Released; cars know it at their next sync.</source>
      <translation>✓ Desbloqueada; las patrullas lo saben en su próxima sincronización.</translation>
    </message>
    <message>
      <source>✓ The key is withdrawn; cars know it at their next sync.</source>
      <translation>✓ La llave está retirada; las patrullas lo saben en su próxima sincronización.</translation>
    </message>
    <message>
      <source>✓ complete</source>
      <translation>✓ completa</translation>
    </message>
    <message>
      <source>✓ in force</source>
      <translation>✓ en vigor</translation>
    </message>
    <message>
      <source>✗ Let the name end in %1.</source>
      <translation>✗ El nombre debe terminar en %1.</translation>
    </message>
    <message>
      <source>✗ Nobody acts on their own account.</source>
      <translation>✗ Nadie actúa sobre su propia cuenta.</translation>
    </message>
    <message>
      <source>✗ suspended</source>
      <translation>✗ suspendida</translation>
    </message>
  </context>
  <context>
    <name>AlertScreen</name>
    <message>
      <source>%1 (known false hit until %2)</source>
      <translation>%1 (alerta falsa conocida hasta el %2)</translation>
    </message>
    <message>
      <source>%1 old</source>
      <translation>%1 de antigüedad</translation>
    </message>
    <message>
      <source>Also listed</source>
      <translation>También en lista</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>CAUTION: %1</source>
      <translation>PRECAUCIÓN: %1</translation>
    </message>
    <message>
      <source>D · not recorded</source>
      <translation>D · sin registrar</translation>
    </message>
    <message>
      <source>Differs</source>
      <translation>Difiere</translation>
    </message>
    <message>
      <source>Dismiss ...</source>
      <translation>Descartar ...</translation>
    </message>
    <message>
      <source>Dismiss here</source>
      <translation>Descartar aquí</translation>
    </message>
    <message>
      <source>Entered by</source>
      <translation>Ingresada por</translation>
    </message>
    <message>
      <source>Follow, can't verify</source>
      <translation>Solo seguir al vehículo</translation>
    </message>
    <message>
      <source>List</source>
      <translation>Lista</translation>
    </message>
    <message>
      <source>List says</source>
      <translation>La lista dice</translation>
    </message>
    <message>
      <source>NIC</source>
      <translation>NIC</translation>
    </message>
    <message>
      <source>Next: %1 (%2)</source>
      <translation>Próxima: %1 (%2)</translation>
    </message>
    <message>
      <source>No picture of the plate</source>
      <translation>Sin foto de la placa</translation>
    </message>
    <message>
      <source>No picture of the vehicle</source>
      <translation>Sin foto del vehículo</translation>
    </message>
    <message>
      <source>Reader</source>
      <translation>Lector</translation>
    </message>
    <message>
      <source>STATE NOT ON THE LIST</source>
      <translation>LA LISTA NO DA EL ESTADO</translation>
    </message>
    <message>
      <source>The reader %1</source>
      <translation>El lector %1</translation>
    </message>
    <message>
      <source>VERIFY</source>
      <translation>VERIFICAR</translation>
    </message>
    <message>
      <source>WRONG BEFORE</source>
      <translation>ERRÓNEA ANTES</translation>
    </message>
    <message>
      <source>camera %1 · %2 ago · seen %3×</source>
      <translation>cámara %1 · hace %2 · vista %3×</translation>
    </message>
    <message>
      <source>confidence %1</source>
      <translation>confianza %1</translation>
    </message>
    <message>
      <source>place %1: read %2, listed %3</source>
      <translation>lugar %1: leído %2, en lista %3</translation>
    </message>
    <message>
      <source>≠ same number, other state</source>
      <translation>≠ mismo número, otro estado</translation>
    </message>
    <message>
      <source>■ A hit may not come from live NCIC data (this extract is %1 old). Verify before acting.</source>
      <translation>■ La coincidencia puede no venir de datos en vivo del NCIC (extracto de hace %1). Verifique antes.</translation>
    </message>
    <message>
      <source>▲ NEVER A STOP. %1</source>
      <translation>▲ NUNCA UNA PARADA. %1</translation>
    </message>
    <message>
      <source>▲ NOT RECORDED: the store failed. The gate stays shut; work by radio.</source>
      <translation>▲ SIN REGISTRAR: falló la base de datos. La parada sigue cerrada; trabaje por radio.</translation>
    </message>
    <message>
      <source>▲ READ BY ANOTHER CAMERA (%1), %2 ago · look for yourself</source>
      <translation>▲ LEÍDA POR OTRA CÁMARA (%1), hace %2 · mire usted mismo</translation>
    </message>
  </context>
  <context>
    <name>AuditPage</name>
    <message>
      <source>%1 · %2 of %3 judged</source>
      <translation>%1 · %2 de %3 evaluadas</translation>
    </message>
    <message>
      <source>Authorized, complete</source>
      <translation>Autorizada, completa</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>It is sent …</source>
      <translation>Se envía …</translation>
    </message>
    <message>
      <source>Judged</source>
      <translation>Evaluación</translation>
    </message>
    <message>
      <source>Lacking</source>
      <translation>Falta</translation>
    </message>
    <message>
      <source>Neither</source>
      <translation>Ninguna de las dos</translation>
    </message>
    <message>
      <source>No.</source>
      <translation>N.º</translation>
    </message>
    <message>
      <source>Not authorized</source>
      <translation>No autorizada</translation>
    </message>
    <message>
      <source>Not complete</source>
      <translation>Incompleta</translation>
    </message>
    <message>
      <source>On record of it</source>
      <translation>Lo registrado sobre esto</translation>
    </message>
    <message>
      <source>Purpose</source>
      <translation>Propósito</translation>
    </message>
    <message>
      <source>Queries</source>
      <translation>Consultas</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Motivo</translation>
    </message>
    <message>
      <source>Report (PDF)</source>
      <translation>Informe (PDF)</translation>
    </message>
    <message>
      <source>Save the report to which file (.pdf)?</source>
      <translation>¿En qué archivo (.pdf) se guarda el informe?</translation>
    </message>
    <message>
      <source>The report is made …</source>
      <translation>Se prepara el informe …</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>What is wrong with it?</source>
      <translation>¿Qué tiene de incorrecto?</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Quién</translation>
    </message>
    <message>
      <source>✓ Judged: number %1.</source>
      <translation>✓ Evaluada: número %1.</translation>
    </message>
  </context>
  <context>
    <name>Bridge</name>
    <message>
      <source>The program could not do this.</source>
      <translation>El programa no pudo hacerlo.</translation>
    </message>
    <message>
      <source>Try again, and report it.</source>
      <translation>Intente de nuevo e infórmelo.</translation>
    </message>
  </context>
  <context>
    <name>CaseScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Case number</source>
      <translation>Número de caso</translation>
    </message>
    <message>
      <source>HOLD FOR THE CASE</source>
      <translation>GUARDAR PARA EL CASO</translation>
    </message>
    <message>
      <source>Pictures, reads and records of it are kept until the case is released.</source>
      <translation>Sus fotos, lecturas y registros se guardan hasta que se libere el caso.</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Motivo</translation>
    </message>
    <message>
      <source>Still empty: %1</source>
      <translation>Falta: %1</translation>
    </message>
    <message>
      <source>Take this hit into a case</source>
      <translation>Incorporar esta coincidencia a un caso</translation>
    </message>
    <message>
      <source>Take this read into a case</source>
      <translation>Incorporar esta lectura a un caso</translation>
    </message>
  </context>
  <context>
    <name>ChoiceScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
  </context>
  <context>
    <name>Compare</name>
    <message>
      <source>%1 (state)</source>
      <translation>%1 (estado)</translation>
    </message>
    <message>
      <source>List</source>
      <translation>Lista</translation>
    </message>
    <message>
      <source>Reader</source>
      <translation>Lector</translation>
    </message>
    <message>
      <source>You</source>
      <translation>Usted</translation>
    </message>
    <message>
      <source>state unknown</source>
      <translation>estado desconocido</translation>
    </message>
    <message>
      <source>✓ You and the list agree. The reader could not read the state.</source>
      <translation>✓ Usted y la lista coinciden. El lector no pudo leer el estado.</translation>
    </message>
    <message>
      <source>✓ Your characters and state are the list's.</source>
      <translation>✓ Sus caracteres y su estado son los de la lista.</translation>
    </message>
    <message>
      <source>✗ Differs: %1</source>
      <translation>✗ Difiere: %1</translation>
    </message>
  </context>
  <context>
    <name>ConfirmationPage</name>
    <message>
      <source>Ask again, by dispatch (YQ).</source>
      <translation>Pregunte otra vez, por despacho (YQ).</translation>
    </message>
    <message>
      <source>Back to the check</source>
      <translation>A la consulta</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>Confirmada</translation>
    </message>
    <message>
      <source>Hit confirmation</source>
      <translation>Confirmación de la coincidencia</translation>
    </message>
    <message>
      <source>In process</source>
      <translation>En trámite</translation>
    </message>
    <message>
      <source>In process: minutes</source>
      <translation>En trámite: minutos</translation>
    </message>
    <message>
      <source>Minutes that the agency needs</source>
      <translation>Minutos que necesita la agencia</translation>
    </message>
    <message>
      <source>NIC %1, entered by %2</source>
      <translation>NIC %1, ingresada por %2</translation>
    </message>
    <message>
      <source>No response</source>
      <translation>Sin respuesta</translation>
    </message>
    <message>
      <source>Not valid</source>
      <translation>No válida</translation>
    </message>
    <message>
      <source>Request it first: urgent or routine.</source>
      <translation>Pídala primero: urgente o de rutina.</translation>
    </message>
    <message>
      <source>Urgent: the hit is the only basis of the detention. Dispatch sends the request (YQ).</source>
      <translation>Urgente: la coincidencia es el único fundamento de la detención. Despacho envía la petición (YQ).</translation>
    </message>
    <message>
      <source>What does it answer?</source>
      <translation>¿Qué contesta?</translation>
    </message>
    <message>
      <source>Who answers</source>
      <translation>Quién contesta</translation>
    </message>
    <message>
      <source>Who answers: name or ORI</source>
      <translation>Quién contesta: nombre u ORI</translation>
    </message>
    <message>
      <source>routine (%1 min)</source>
      <translation>de rutina (%1 min)</translation>
    </message>
    <message>
      <source>urgent (%1 min)</source>
      <translation>urgente (%1 min)</translation>
    </message>
    <message>
      <source>■ Say how many minutes it needs.</source>
      <translation>■ Diga cuántos minutos necesita.</translation>
    </message>
    <message>
      <source>■ Say who answers.</source>
      <translation>■ Diga quién contesta.</translation>
    </message>
  </context>
  <context>
    <name>ConsoleWindow</name>
    <message>
      <source>Console</source>
      <translation>Consola</translation>
    </message>
    <message>
      <source>Headquarters is asked …</source>
      <translation>Se pregunta a la central …</translation>
    </message>
    <message>
      <source>Patrol MDT console</source>
      <translation>Consola de Patrol MDT</translation>
    </message>
    <message>
      <source>▲ Headquarters does not answer since %1</source>
      <translation>▲ La central no responde desde %1</translation>
    </message>
    <message>
      <source>✓ Headquarters ok, %1</source>
      <translation>✓ Central bien, %1</translation>
    </message>
    <message>
      <source>✗ Nobody has touched this desk for a while.</source>
      <translation>✗ Hace rato que nadie usa este puesto.</translation>
    </message>
    <message>
      <source>✗ This role has no work at the console. Ask the Administrator.</source>
      <translation>✗ Esta función no tiene trabajo en la consola. Pregunte al Administrador.</translation>
    </message>
  </context>
  <context>
    <name>Credentials</name>
    <message>
      <source>Checking ...</source>
      <translation>Revisando ...</translation>
    </message>
    <message>
      <source>Code from your authenticator, 6 digits</source>
      <translation>Código de su autenticador, 6 dígitos</translation>
    </message>
    <message>
      <source>Or press F8 for your security key.</source>
      <translation>O pulse F8 para su llave de seguridad.</translation>
    </message>
    <message>
      <source>PIN of the security key</source>
      <translation>PIN de la llave de seguridad</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Contraseña</translation>
    </message>
    <message>
      <source>Still empty: %1</source>
      <translation>Falta: %1</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Usuario</translation>
    </message>
  </context>
  <context>
    <name>DeskTable</name>
    <message>
      <source>Filter (Ctrl+F)</source>
      <translation>Filtro (Ctrl+F)</translation>
    </message>
    <message>
      <source>Filter: %1</source>
      <translation>Filtro: %1</translation>
    </message>
    <message>
      <source>none</source>
      <translation>nada</translation>
    </message>
  </context>
  <context>
    <name>DisputeForm</name>
    <message>
      <source>A driver says that a stop was wrong</source>
      <translation>Un conductor dice que una parada fue un error</translation>
    </message>
    <message>
      <source>Hit</source>
      <translation>Coincidencia</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>State of issue</source>
      <translation>Estado emisor</translation>
    </message>
    <message>
      <source>What the driver says</source>
      <translation>Lo que dice el conductor</translation>
    </message>
    <message>
      <source>its id, where it is known; chosen under Hits it is filled in</source>
      <translation>su id, si se conoce; elegida en Coincidencias ya está puesta</translation>
    </message>
  </context>
  <context>
    <name>DisputesScreen</name>
    <message>
      <source>Disputes</source>
      <translation>Reclamaciones</translation>
    </message>
    <message>
      <source>Known false hit until when? A year at most.</source>
      <translation>¿Alerta falsa conocida hasta cuándo? Un año como máximo.</translation>
    </message>
    <message>
      <source>Leave</source>
      <translation>Salir</translation>
    </message>
    <message>
      <source>Lift before its time</source>
      <translation>Levantar antes de tiempo</translation>
    </message>
    <message>
      <source>Listed until</source>
      <translation>En lista hasta</translation>
    </message>
    <message>
      <source>New dispute</source>
      <translation>Nueva reclamación</translation>
    </message>
    <message>
      <source>Opened</source>
      <translation>Abierta</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>Put the dispute on record</source>
      <translation>Registrar la reclamación</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>Rechazar</translation>
    </message>
    <message>
      <source>Rejected: why?</source>
      <translation>Rechazada: ¿por qué?</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>The decision is sent …</source>
      <translation>Se envía la decisión …</translation>
    </message>
    <message>
      <source>The dispute is sent …</source>
      <translation>Se envía la reclamación …</translation>
    </message>
    <message>
      <source>Upheld: what was found?</source>
      <translation>Admitida: ¿qué se comprobó?</translation>
    </message>
    <message>
      <source>Uphold</source>
      <translation>Admitir</translation>
    </message>
    <message>
      <source>What the driver says</source>
      <translation>Lo que dice el conductor</translation>
    </message>
    <message>
      <source>Why does it leave the list?</source>
      <translation>¿Por qué sale de la lista?</translation>
    </message>
    <message>
      <source>dispute %1</source>
      <translation>reclamación %1</translation>
    </message>
    <message>
      <source>✓ On record.</source>
      <translation>✓ Registrado.</translation>
    </message>
    <message>
      <source>✓ The dispute about %1 is on record.</source>
      <translation>✓ La reclamación sobre %1 está registrada.</translation>
    </message>
  </context>
  <context>
    <name>DrillChoice</name>
    <message>
      <source>%1, %2 h old</source>
      <translation>%1, de hace %2 h</translation>
    </message>
    <message>
      <source>Drill</source>
      <translation>Ejercicio</translation>
    </message>
    <message>
      <source>Drills</source>
      <translation>Ejercicios</translation>
    </message>
    <message>
      <source>Lessons</source>
      <translation>Lecciones</translation>
    </message>
    <message>
      <source>Lists: %1</source>
      <translation>Listas: %1</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>Right: %1</source>
      <translation>Correcto: %1</translation>
    </message>
    <message>
      <source>Road: %1</source>
      <translation>Vía: %1</translation>
    </message>
    <message>
      <source>START THE DRILL</source>
      <translation>EMPEZAR EL EJERCICIO</translation>
    </message>
    <message>
      <source>Seconds</source>
      <translation>Segundos</translation>
    </message>
    <message>
      <source>Topics: %1</source>
      <translation>Temas: %1</translation>
    </message>
    <message>
      <source>Trainer</source>
      <translation>Instructor</translation>
    </message>
    <message>
      <source>What it is about</source>
      <translation>De qué trata</translation>
    </message>
    <message>
      <source>Who drills, user id</source>
      <translation>Quién se ejercita, usuario</translation>
    </message>
  </context>
  <context>
    <name>DrillDebrief</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Headquarters is asked …</source>
      <translation>Se pregunta a la central …</translation>
    </message>
    <message>
      <source>Keep the report</source>
      <translation>Guardar el informe</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>Dejarlo</translation>
    </message>
    <message>
      <source>No picture of this moment</source>
      <translation>Sin imagen de este momento</translation>
    </message>
    <message>
      <source>Not all listed cars came by: this says nothing of the trainee, and goes on no record.</source>
      <translation>No pasaron todos los vehículos de la lista: esto no dice nada del alumno y no queda en ningún registro.</translation>
    </message>
    <message>
      <source>Not answered for good.</source>
      <translation>Sin respuesta definitiva.</translation>
    </message>
    <message>
      <source>PUT ON TRAINING RECORD</source>
      <translation>REGISTRAR LA CAPACITACIÓN</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>Replay from here</source>
      <translation>Repetir desde aquí</translation>
    </message>
    <message>
      <source>Time line</source>
      <translation>Cronología</translation>
    </message>
    <message>
      <source>Time to verify: %1 s.</source>
      <translation>Tiempo hasta verificar: %1 s.</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vista</translation>
    </message>
    <message>
      <source>■ ENDED EARLY</source>
      <translation>■ TERMINADO ANTES DE TIEMPO</translation>
    </message>
    <message>
      <source>✓ PASSED</source>
      <translation>✓ APROBADO</translation>
    </message>
    <message>
      <source>✗ FAILED</source>
      <translation>✗ NO APROBADO</translation>
    </message>
  </context>
  <context>
    <name>DrillDesk</name>
    <message>
      <source>Patrol MDT, trainer's desk</source>
      <translation>Patrol MDT, puesto del instructor</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Detener</translation>
    </message>
    <message>
      <source>The road is rendered and read: %1 · %2 s</source>
      <translation>Se genera y se lee la vía: %1 · %2 s</translation>
    </message>
    <message>
      <source>Trainer's desk</source>
      <translation>Puesto del instructor</translation>
    </message>
  </context>
  <context>
    <name>DrillLesson</name>
    <message>
      <source>A drill is the car's own window with a made-up road.</source>
      <translation>Un ejercicio es la propia ventana de la patrulla con una vía inventada.</translation>
    </message>
    <message>
      <source>A page back</source>
      <translation>Página anterior</translation>
    </message>
    <message>
      <source>DRILL: %1</source>
      <translation>EJERCICIO: %1</translation>
    </message>
    <message>
      <source>Do what you would do on the road; a drill that is failed can be done again.</source>
      <translation>Haga lo que haría en la calle; un ejercicio no aprobado se puede repetir.</translation>
    </message>
    <message>
      <source>GO ON</source>
      <translation>SEGUIR</translation>
    </message>
    <message>
      <source>It is on your training record.</source>
      <translation>Está en su registro de capacitación.</translation>
    </message>
    <message>
      <source>Lessons</source>
      <translation>Lecciones</translation>
    </message>
    <message>
      <source>NEXT PAGE</source>
      <translation>PÁGINA SIGUIENTE</translation>
    </message>
    <message>
      <source>Open: %1.</source>
      <translation>Pendiente: %1.</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>Página %1 de %2</translation>
    </message>
    <message>
      <source>Practice: %1 of %2 drills passed</source>
      <translation>Práctica: %1 de %2 ejercicios aprobados</translation>
    </message>
    <message>
      <source>Question; %1 of %2 are answered rightly</source>
      <translation>Pregunta; %1 de %2 respondidas correctamente</translation>
    </message>
    <message>
      <source>Questions: all %1 answered rightly</source>
      <translation>Preguntas: las %1 respondidas correctamente</translation>
    </message>
    <message>
      <source>TO THE QUESTIONS</source>
      <translation>A LAS PREGUNTAS</translation>
    </message>
    <message>
      <source>The question comes again.</source>
      <translation>La pregunta volverá a salir.</translation>
    </message>
    <message>
      <source>Your trainer signs it: Esc, then F4.</source>
      <translation>Su instructor la firma: Esc, luego F4.</translation>
    </message>
    <message>
      <source>✓ Right.</source>
      <translation>✓ Correcto.</translation>
    </message>
    <message>
      <source>✓ This lesson is complete.</source>
      <translation>✓ Esta lección está completa.</translation>
    </message>
    <message>
      <source>✗ No. Right is: %1</source>
      <translation>✗ No. Lo correcto es: %1</translation>
    </message>
  </context>
  <context>
    <name>DrillLessons</name>
    <message>
      <source>%1 (%2)   ·   trainer: %3</source>
      <translation>%1 (%2)   ·   instructor: %3</translation>
    </message>
    <message>
      <source>%1: begun anew. What is on record stays there.</source>
      <translation>%1: empezada de nuevo. Lo registrado se conserva.</translation>
    </message>
    <message>
      <source>Begin anew</source>
      <translation>Empezar de nuevo</translation>
    </message>
    <message>
      <source>Certificate</source>
      <translation>Certificado</translation>
    </message>
    <message>
      <source>Drills</source>
      <translation>Ejercicios</translation>
    </message>
    <message>
      <source>Headquarters is asked …</source>
      <translation>Se pregunta a la central …</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>Dejarlo</translation>
    </message>
    <message>
      <source>Lessons</source>
      <translation>Lecciones</translation>
    </message>
    <message>
      <source>Minutes</source>
      <translation>Minutos</translation>
    </message>
    <message>
      <source>OPEN THE LESSON</source>
      <translation>ABRIR LA LECCIÓN</translation>
    </message>
    <message>
      <source>Questions</source>
      <translation>Preguntas</translation>
    </message>
    <message>
      <source>Read</source>
      <translation>Leída</translation>
    </message>
    <message>
      <source>Read a lesson, answer its questions, pass its drills; then your trainer signs with headquarters.</source>
      <translation>Lea una lección, responda sus preguntas, apruebe sus ejercicios; después su instructor firma ante la central.</translation>
    </message>
    <message>
      <source>SIGN: ON TRAINING RECORD</source>
      <translation>FIRMAR Y REGISTRAR</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Topic</source>
      <translation>Tema</translation>
    </message>
    <message>
      <source>Trainer: code from your authenticator</source>
      <translation>Instructor: código de su autenticador</translation>
    </message>
    <message>
      <source>Trainer: your password</source>
      <translation>Instructor: su contraseña</translation>
    </message>
    <message>
      <source>not named yet (Drills, field 'Trainer')</source>
      <translation>aún sin nombrar (Ejercicios, campo «Instructor»)</translation>
    </message>
  </context>
  <context>
    <name>DrillRunning</name>
    <message>
      <source>%1 s of %2 s</source>
      <translation>%1 s de %2 s</translation>
    </message>
    <message>
      <source>A hit …</source>
      <translation>Coincidencia …</translation>
    </message>
    <message>
      <source>END, DEBRIEF</source>
      <translation>TERMINAR Y REPASAR</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Seguir</translation>
    </message>
    <message>
      <source>Leave</source>
      <translation>Salir</translation>
    </message>
    <message>
      <source>Mark …</source>
      <translation>Anotar …</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausar</translation>
    </message>
    <message>
      <source>The trainee's screen</source>
      <translation>La pantalla del alumno</translation>
    </message>
    <message>
      <source>Time line</source>
      <translation>Cronología</translation>
    </message>
    <message>
      <source>What does the next records check say?</source>
      <translation>¿Qué dice la próxima consulta de registros?</translation>
    </message>
    <message>
      <source>Which listed plate comes by now?</source>
      <translation>¿Qué placa de la lista pasa ahora?</translation>
    </message>
    <message>
      <source>Wrong answer …</source>
      <translation>Respuesta falsa …</translation>
    </message>
    <message>
      <source>You are the dispatcher. Asked by radio you say of %1.</source>
      <translation>Usted es el despacho. Si le preguntan por radio, dice de %1.</translation>
    </message>
    <message>
      <source>Your mark:</source>
      <translation>Su anotación:</translation>
    </message>
    <message>
      <source>next answer: %1</source>
      <translation>próxima respuesta: %1</translation>
    </message>
    <message>
      <source>runs</source>
      <translation>en marcha</translation>
    </message>
    <message>
      <source>stands still</source>
      <translation>en pausa</translation>
    </message>
  </context>
  <context>
    <name>DrivingScreen</name>
    <message>
      <source>Alerts and the voice go on. Use the radio.</source>
      <translation>Las alertas y la voz siguen. Use la radio.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Below %1 mph this page is here again, with all that was typed.</source>
      <translation>Por debajo de %1 mph vuelve esta página, con todo lo escrito.</translation>
    </message>
    <message>
      <source>■ Too fast to read</source>
      <translation>■ Muy rápido para leer</translation>
    </message>
  </context>
  <context>
    <name>EntriesScreen</name>
    <message>
      <source>%1: renewed until when?</source>
      <translation>%1: ¿renovada hasta cuándo?</translation>
    </message>
    <message>
      <source>About to expire: %1</source>
      <translation>Por vencer: %1</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Por</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>Cambiar</translation>
    </message>
    <message>
      <source>Entries and their state</source>
      <translation>Entradas y su situación</translation>
    </message>
    <message>
      <source>Expires</source>
      <translation>Vence</translation>
    </message>
    <message>
      <source>Offense</source>
      <translation>Delito</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>Remove from every car</source>
      <translation>Quitar de todas las patrullas</translation>
    </message>
    <message>
      <source>Renew</source>
      <translation>Renovar</translation>
    </message>
    <message>
      <source>Renewal to %1 is asked …</source>
      <translation>Se pide renovar hasta %1 …</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>Mostrar todas</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>The removal is sent …</source>
      <translation>Se envía el retiro …</translation>
    </message>
    <message>
      <source>Why is %1 removed?</source>
      <translation>¿Por qué se retira %1?</translation>
    </message>
    <message>
      <source>▲ in %1</source>
      <translation>▲ en %1</translation>
    </message>
  </context>
  <context>
    <name>EntryForm</name>
    <message>
      <source>Alert only these people</source>
      <translation>Alertar solo a estas personas</translation>
    </message>
    <message>
      <source>Body</source>
      <translation>Carrocería</translation>
    </message>
    <message>
      <source>Caution</source>
      <translation>Precaución</translation>
    </message>
    <message>
      <source>Citation</source>
      <translation>Cita legal</translation>
    </message>
    <message>
      <source>Color</source>
      <translation>Color</translation>
    </message>
    <message>
      <source>Crime</source>
      <translation>Delito</translation>
    </message>
    <message>
      <source>Expires, end of the day</source>
      <translation>Vence, al final del día</translation>
    </message>
    <message>
      <source>Facts, in your own words</source>
      <translation>Hechos, en sus propias palabras</translation>
    </message>
    <message>
      <source>Make</source>
      <translation>Marca</translation>
    </message>
    <message>
      <source>Marks</source>
      <translation>Señas</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modelo</translation>
    </message>
    <message>
      <source>Offense type</source>
      <translation>Tipo de delito</translation>
    </message>
    <message>
      <source>Officer's name</source>
      <translation>Nombre del oficial</translation>
    </message>
    <message>
      <source>Only at these hours</source>
      <translation>Solo a estas horas</translation>
    </message>
    <message>
      <source>Only going</source>
      <translation>Solo en dirección</translation>
    </message>
    <message>
      <source>Only in this area</source>
      <translation>Solo en esta zona</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>Plate type</source>
      <translation>Tipo de placa</translation>
    </message>
    <message>
      <source>Purpose</source>
      <translation>Propósito</translation>
    </message>
    <message>
      <source>State of issue</source>
      <translation>Estado emisor</translation>
    </message>
    <message>
      <source>Tell of each alert</source>
      <translation>Avisar de cada alerta</translation>
    </message>
    <message>
      <source>Year</source>
      <translation>Año</translation>
    </message>
    <message>
      <source>dents, racks, stickers</source>
      <translation>golpes, parrillas, calcomanías</translation>
    </message>
    <message>
      <source>letters and digits</source>
      <translation>letras y dígitos</translation>
    </message>
    <message>
      <source>only where a use needs one</source>
      <translation>solo donde un uso la exige</translation>
    </message>
    <message>
      <source>people and agencies, with commas</source>
      <translation>personas y agencias, con comas</translation>
    </message>
    <message>
      <source>the offense type</source>
      <translation>el tipo de delito</translation>
    </message>
    <message>
      <source>user ids, with commas: nobody else is told</source>
      <translation>usuarios, con comas: nadie más recibe la alerta</translation>
    </message>
    <message>
      <source>who stands for it</source>
      <translation>quién responde por ello</translation>
    </message>
    <message>
      <source>○ Not connected with a crime</source>
      <translation>○ Sin relación con un delito</translation>
    </message>
    <message>
      <source>✓ Connected with a crime: the facts state the reasonable suspicion</source>
      <translation>✓ Relacionado con un delito: los hechos dan la sospecha razonable</translation>
    </message>
  </context>
  <context>
    <name>EntryRequestScreen</name>
    <message>
      <source> (with a citation)</source>
      <translation> (con cita legal)</translation>
    </message>
    <message>
      <source>%1 days</source>
      <translation>%1 días</translation>
    </message>
    <message>
      <source>ASK A SUPERVISOR TO ENTER IT</source>
      <translation>PEDIR A UN SUPERVISOR</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>My hot list requests</source>
      <translation>Mis solicitudes</translation>
    </message>
    <message>
      <source>My hot list requests: %1</source>
      <translation>Mis solicitudes a la lista de alerta: %1</translation>
    </message>
    <message>
      <source>NEW REQUEST</source>
      <translation>NUEVA SOLICITUD</translation>
    </message>
    <message>
      <source>NEXT</source>
      <translation>SIGUIENTE</translation>
    </message>
    <message>
      <source>Nothing is requested. A request is kept here without a link, and sent later.</source>
      <translation>No hay solicitudes. Sin enlace, una solicitud se guarda aquí y se envía después.</translation>
    </message>
    <message>
      <source>REQUEST ENTRY</source>
      <translation>SOLICITAR REGISTRO</translation>
    </message>
    <message>
      <source>Request %1 of 3: %2</source>
      <translation>Solicitud %1 de 3: %2</translation>
    </message>
    <message>
      <source>Requested %1 · ends %2</source>
      <translation>Solicitada %1 · vence %2</translation>
    </message>
    <message>
      <source>plate and vehicle</source>
      <translation>placa y vehículo</translation>
    </message>
    <message>
      <source>purpose and facts</source>
      <translation>propósito y hechos</translation>
    </message>
    <message>
      <source>until when, where, for whom</source>
      <translation>hasta cuándo, dónde, para quién</translation>
    </message>
    <message>
      <source>▲ about to expire</source>
      <translation>▲ por vencer</translation>
    </message>
    <message>
      <source>✓ On record. It goes to headquarters by itself; a supervisor decides.</source>
      <translation>✓ Registrada. Va sola a la central; decide un supervisor.</translation>
    </message>
  </context>
  <context>
    <name>EntryView</name>
    <message>
      <source>; not yet: %1</source>
      <translation>; aún no: %1</translation>
    </message>
    <message>
      <source>CJIS/NCIC answer</source>
      <translation>Respuesta de CJIS/NCIC</translation>
    </message>
    <message>
      <source>COVERT, for %1 alone</source>
      <translation>OCULTA, solo para %1</translation>
    </message>
    <message>
      <source>Nothing is chosen.</source>
      <translation>No hay nada elegido.</translation>
    </message>
    <message>
      <source>asking headquarters …</source>
      <translation>se pregunta a la central …</translation>
    </message>
    <message>
      <source>at %1</source>
      <translation>a las %1</translation>
    </message>
    <message>
      <source>cites %1</source>
      <translation>se funda en %1</translation>
    </message>
    <message>
      <source>connected with a crime</source>
      <translation>relacionado con un delito</translation>
    </message>
    <message>
      <source>going %1</source>
      <translation>rumbo %1</translation>
    </message>
    <message>
      <source>list %1 acknowledged by %2 of %3</source>
      <translation>lista %1 confirmada por %2 de %3</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>no crime</source>
      <translation>sin delito</translation>
    </message>
    <message>
      <source>no other list has this plate</source>
      <translation>ninguna otra lista tiene esta placa</translation>
    </message>
    <message>
      <source>not in any car</source>
      <translation>en ninguna patrulla</translation>
    </message>
    <message>
      <source>version</source>
      <translation>versión</translation>
    </message>
    <message>
      <source>version %1</source>
      <translation>versión %1</translation>
    </message>
    <message>
      <source>version %1 is in force meanwhile</source>
      <translation>la versión %1 sigue vigente mientras tanto</translation>
    </message>
    <message>
      <source>version %1 is in force meanwhile, until %2</source>
      <translation>la versión %1 sigue vigente mientras tanto, hasta el %2</translation>
    </message>
    <message>
      <source>within %1 (latitude, longitude, radius)</source>
      <translation>dentro de %1 (latitud, longitud, radio)</translation>
    </message>
    <message>
      <source>■ none stated</source>
      <translation>■ no indicado</translation>
    </message>
  </context>
  <context>
    <name>EquipmentScreen</name>
    <message>
      <source>A check that failed puts a camera out of service: its reads raise no alert until it passes.</source>
      <translation>Una prueba fallida pone la cámara fuera de servicio: sus lecturas no dan alerta hasta que pase.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Cámara %1</translation>
    </message>
    <message>
      <source>Equipment</source>
      <translation>Equipo</translation>
    </message>
    <message>
      <source>Speaker: loudness</source>
      <translation>Altavoz: volumen</translation>
    </message>
  </context>
  <context>
    <name>Errand</name>
    <message>
      <source>Left. Headquarters may have it all the same: look there before you do it again.</source>
      <translation>Se dejó. Puede que la central lo tenga de todos modos: mire allí antes de repetirlo.</translation>
    </message>
    <message>
      <source>{0} {1} s</source>
      <translation>{0} {1} s</translation>
    </message>
  </context>
  <context>
    <name>FlagsScreen</name>
    <message>
      <source>About</source>
      <translation>Sobre</translation>
    </message>
    <message>
      <source>Car</source>
      <translation>Patrulla</translation>
    </message>
    <message>
      <source>Close with words</source>
      <translation>Cerrar con palabras</translation>
    </message>
    <message>
      <source>Close: shut</source>
      <translation>Cerrar: no se puede</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>Abierto hace</translation>
    </message>
    <message>
      <source>Raised</source>
      <translation>Señalado</translation>
    </message>
    <message>
      <source>The review is sent …</source>
      <translation>Se envía la revisión …</translation>
    </message>
    <message>
      <source>To review</source>
      <translation>Por revisar</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>What was found?</source>
      <translation>¿Qué se comprobó?</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Quién</translation>
    </message>
    <message>
      <source>Your own act: another supervisor closes it</source>
      <translation>Acto propio: lo cierra otro supervisor</translation>
    </message>
    <message>
      <source>desk</source>
      <translation>consola</translation>
    </message>
    <message>
      <source>✓ The review is on record.</source>
      <translation>✓ La revisión está registrada.</translation>
    </message>
    <message>
      <source>✗ Nobody closes what their own act raised.</source>
      <translation>✗ Nadie cierra lo que señaló su propio acto.</translation>
    </message>
  </context>
  <context>
    <name>HealthPlot</name>
    <message>
      <source>Cameras, 30 min</source>
      <translation>Cámaras, 30 min</translation>
    </message>
    <message>
      <source>Cameras, 30 min: %1</source>
      <translation>Cámaras, 30 min: %1</translation>
    </message>
    <message>
      <source>How each camera was in the last 30 minutes</source>
      <translation>Cómo estuvo cada cámara en los últimos 30 minutos</translation>
    </message>
  </context>
  <context>
    <name>HitsScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Por</translation>
    </message>
    <message>
      <source>Car</source>
      <translation>Patrulla</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Categoría</translation>
    </message>
    <message>
      <source>Dispute about it</source>
      <translation>Reclamación sobre ella</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Final</translation>
    </message>
    <message>
      <source>Entering agency</source>
      <translation>Agencia</translation>
    </message>
    <message>
      <source>Hits of all cars</source>
      <translation>Coincidencias de todas las patrullas</translation>
    </message>
    <message>
      <source>Hits of this shift: %1</source>
      <translation>Coincidencias de este turno: %1</translation>
    </message>
    <message>
      <source>List</source>
      <translation>Lista</translation>
    </message>
    <message>
      <source>Listed</source>
      <translation>En lista</translation>
    </message>
    <message>
      <source>Match</source>
      <translation>Tipo</translation>
    </message>
    <message>
      <source>Read</source>
      <translation>Leída</translation>
    </message>
    <message>
      <source>Reliability of lists and entering agencies</source>
      <translation>Fiabilidad de listas y de agencias</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>Wrong of ended</source>
      <translation>Erróneas</translation>
    </message>
    <message>
      <source>not said by the car</source>
      <translation>no lo dijo la patrulla</translation>
    </message>
    <message>
      <source>■ following</source>
      <translation>■ en seguimiento</translation>
    </message>
    <message>
      <source>■ to verify</source>
      <translation>■ por verificar</translation>
    </message>
    <message>
      <source>▲ not recorded</source>
      <translation>▲ sin registrar</translation>
    </message>
    <message>
      <source>▲ not recorded, dismissed</source>
      <translation>▲ sin registrar, descartada</translation>
    </message>
    <message>
      <source>✓ stop recorded</source>
      <translation>✓ parada registrada</translation>
    </message>
    <message>
      <source>✗ no stop</source>
      <translation>✗ sin parada</translation>
    </message>
  </context>
  <context>
    <name>KeyPad</name>
    <message>
      <source>Delete</source>
      <translation>Borrar</translation>
    </message>
  </context>
  <context>
    <name>Keyboard</name>
    <message>
      <source>ABC</source>
      <translation>ABC</translation>
    </message>
    <message>
      <source>Capitals</source>
      <translation>Mayúsculas</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Borrar</translation>
    </message>
    <message>
      <source>space</source>
      <translation>espacio</translation>
    </message>
  </context>
  <context>
    <name>LiveScreen</name>
    <message>
      <source>%1 ago</source>
      <translation>hace %1</translation>
    </message>
    <message>
      <source>%1 left</source>
      <translation>quedan %1</translation>
    </message>
    <message>
      <source>Car</source>
      <translation>Patrulla</translation>
    </message>
    <message>
      <source>Cars</source>
      <translation>Patrullas</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Categoría</translation>
    </message>
    <message>
      <source>Certificate</source>
      <translation>Certificado</translation>
    </message>
    <message>
      <source>Exigent</source>
      <translation>Apremiante</translation>
    </message>
    <message>
      <source>Faults</source>
      <translation>Fallas</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Para</translation>
    </message>
    <message>
      <source>Headquarters is told …</source>
      <translation>Se avisa a la central …</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>Último contacto</translation>
    </message>
    <message>
      <source>Oldest list</source>
      <translation>Lista más vieja</translation>
    </message>
    <message>
      <source>Open hits</source>
      <translation>Abiertas</translation>
    </message>
    <message>
      <source>Person</source>
      <translation>Persona</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Rechazado</translation>
    </message>
    <message>
      <source>Seen</source>
      <translation>Visto</translation>
    </message>
    <message>
      <source>Told to designated people</source>
      <translation>Avisado a personas designadas</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Espera</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>no list</source>
      <translation>sin lista</translation>
    </message>
    <message>
      <source>nobody</source>
      <translation>nadie</translation>
    </message>
    <message>
      <source>signed in</source>
      <translation>con sesión</translation>
    </message>
    <message>
      <source>■ not yet</source>
      <translation>■ aún no</translation>
    </message>
    <message>
      <source>✗ revoked</source>
      <translation>✗ revocado</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Big keys</source>
      <translation>Teclas</translation>
    </message>
    <message>
      <source>Patrol MDT, TRAINING</source>
      <translation>Patrol MDT, ENTRENAMIENTO</translation>
    </message>
    <message>
      <source>The core does not answer. Do not rely on hits.</source>
      <translation>El núcleo no responde. No confíe en las coincidencias.</translation>
    </message>
    <message>
      <source>Why is there no stop?</source>
      <translation>¿Por qué no hay parada?</translation>
    </message>
    <message>
      <source>Work by radio.</source>
      <translation>Trabaje por radio.</translation>
    </message>
    <message>
      <source>▲ A hit waits: %1. Waiting: %2. Unlock to see it.</source>
      <translation>▲ Espera una coincidencia: %1. En espera: %2. Desbloquee para verla.</translation>
    </message>
    <message>
      <source>▲ Next: %1. Waiting: %2. Finish this hit, or leave it with Esc.</source>
      <translation>▲ Próxima: %1. En espera: %2. Termine esta o déjela con Esc.</translation>
    </message>
  </context>
  <context>
    <name>MapScreen</name>
    <message>
      <source>%1 wide · %2</source>
      <translation>%1 de ancho · %2</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Farther</source>
      <translation>Más lejos</translation>
    </message>
    <message>
      <source>Follow the car</source>
      <translation>Seguir la patrulla</translation>
    </message>
    <message>
      <source>Map of this shift</source>
      <translation>Mapa de este turno</translation>
    </message>
    <message>
      <source>Nearer</source>
      <translation>Más cerca</translation>
    </message>
    <message>
      <source>Search here</source>
      <translation>Buscar aquí</translation>
    </message>
    <message>
      <source>agency's map</source>
      <translation>mapa de la agencia</translation>
    </message>
    <message>
      <source>no map file: grid</source>
      <translation>sin mapa: cuadrícula</translation>
    </message>
    <message>
      <source>— track   · %1 reads   ▲ %2 hits   ○ this car</source>
      <translation>— ruta   · %1 lecturas   ▲ %2 coincidencias   ○ esta patrulla</translation>
    </message>
    <message>
      <source>■ No position yet: nothing to draw.</source>
      <translation>■ Aún sin posición: nada que dibujar.</translation>
    </message>
    <message>
      <source>■ Position lost %1 ago: the car was here</source>
      <translation>■ Posición perdida hace %1: la patrulla estaba aquí</translation>
    </message>
    <message>
      <source>● The car is here</source>
      <translation>● La patrulla está aquí</translation>
    </message>
    <message>
      <source>✓ Follows the car</source>
      <translation>✓ Sigue la patrulla</translation>
    </message>
  </context>
  <context>
    <name>NewEntryScreen</name>
    <message>
      <source>Ask a supervisor to enter it</source>
      <translation>Pedir a un supervisor que la ponga</translation>
    </message>
    <message>
      <source>Change %1: version %2, which is checked and decided anew. The earlier ones are kept.</source>
      <translation>Cambio de %1: versión %2, que se verifica y decide de nuevo. Las anteriores se conservan.</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>Vaciar</translation>
    </message>
    <message>
      <source>Ends in %1 days</source>
      <translation>Termina en %1 días</translation>
    </message>
    <message>
      <source>New entry</source>
      <translation>Entrada nueva</translation>
    </message>
    <message>
      <source>Request entry</source>
      <translation>Solicitar entrada</translation>
    </message>
    <message>
      <source>Request the new version</source>
      <translation>Solicitar la versión nueva</translation>
    </message>
    <message>
      <source>The request is sent …</source>
      <translation>Se envía la solicitud …</translation>
    </message>
    <message>
      <source>✓ The request for %1 is on record. It is checked and decided under Requests.</source>
      <translation>✓ La solicitud de %1 está registrada. Se verifica y decide en Solicitudes.</translation>
    </message>
  </context>
  <context>
    <name>OutcomeScreen</name>
    <message>
      <source>Ask the owner to remove the entry</source>
      <translation>Pedir que se quite la entrada</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>CONTINUE</source>
      <translation>CONTINUAR</translation>
    </message>
    <message>
      <source>Case ...</source>
      <translation>Caso ...</translation>
    </message>
    <message>
      <source>Correct the outcome</source>
      <translation>Corregir el resultado</translation>
    </message>
    <message>
      <source>Do not stop on this hit; follow at most. The reason is on record.</source>
      <translation>No pare por esta coincidencia; a lo sumo, siga al vehículo. El motivo quedó registrado.</translation>
    </message>
    <message>
      <source>For your report, affidavit or application:</source>
      <translation>Para su informe, declaración jurada o solicitud:</translation>
    </message>
    <message>
      <source>Hit confirmation ...</source>
      <translation>Confirmación ...</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Después</translation>
    </message>
    <message>
      <source>Later · next hit (%1)</source>
      <translation>Después · siguiente (%1)</translation>
    </message>
    <message>
      <source>Next hit (%1)</source>
      <translation>Siguiente (%1)</translation>
    </message>
    <message>
      <source>OWED STEPS</source>
      <translation>PASOS PENDIENTES</translation>
    </message>
    <message>
      <source>Other facts ...</source>
      <translation>Otros hechos ...</translation>
    </message>
    <message>
      <source>Purpose: %1.</source>
      <translation>Propósito: %1.</translation>
    </message>
    <message>
      <source>The stop went by %1.</source>
      <translation>La parada se hizo por %1.</translation>
    </message>
    <message>
      <source>ask dispatch or the entering agency · F11</source>
      <translation>pregunte a despacho o a la agencia · F11</translation>
    </message>
    <message>
      <source>in your own words · F9</source>
      <translation>con sus palabras · F9</translation>
    </message>
    <message>
      <source>■ Still owed: %1.</source>
      <translation>■ Aún pendiente: %1.</translation>
    </message>
    <message>
      <source>■ The record waits for headquarters; it is kept here until then.</source>
      <translation>■ El registro espera a la central; aquí se guarda hasta entonces.</translation>
    </message>
    <message>
      <source>■ What came of the stop?</source>
      <translation>■ ¿Qué resultó de la parada?</translation>
    </message>
    <message>
      <source>✓ Headquarters has the record.</source>
      <translation>✓ La central tiene el registro.</translation>
    </message>
    <message>
      <source>✓ Held for case %1.</source>
      <translation>✓ Guardada para el caso %1.</translation>
    </message>
    <message>
      <source>✓ Notice to the owner %1, on record.</source>
      <translation>✓ Aviso al dueño %1, registrado.</translation>
    </message>
    <message>
      <source>✓ Removal of the entry asked, on record.</source>
      <translation>✓ Se pidió quitar la entrada, registrado.</translation>
    </message>
    <message>
      <source>✓ Stop recorded at %1</source>
      <translation>✓ Parada registrada a las %1</translation>
    </message>
    <message>
      <source>✗ Headquarters refuses this record (%1). Tell a supervisor.</source>
      <translation>✗ La central rechaza este registro (%1). Avise a un supervisor.</translation>
    </message>
    <message>
      <source>✗ No stop: %1</source>
      <translation>✗ Sin parada: %1</translation>
    </message>
  </context>
  <context>
    <name>OverviewScreen</name>
    <message>
      <source>Alert profiles and exceptions</source>
      <translation>Perfiles de alertas y excepciones</translation>
    </message>
    <message>
      <source>All values</source>
      <translation>Todos los valores</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Por</translation>
    </message>
    <message>
      <source>Clause</source>
      <translation>Cláusula</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Plazo</translation>
    </message>
    <message>
      <source>Excepted</source>
      <translation>Exceptuado</translation>
    </message>
    <message>
      <source>Is</source>
      <translation>Es</translation>
    </message>
    <message>
      <source>Is alerted of</source>
      <translation>Recibe alertas de</translation>
    </message>
    <message>
      <source>Member</source>
      <translation>Miembro</translation>
    </message>
    <message>
      <source>Model policy</source>
      <translation>Política modelo</translation>
    </message>
    <message>
      <source>Only what differs</source>
      <translation>Solo lo que difiere</translation>
    </message>
    <message>
      <source>Policy in force</source>
      <translation>Política en vigor</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Asiento</translation>
    </message>
    <message>
      <source>Register</source>
      <translation>Libro</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Desde</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>in every value as the model policy</source>
      <translation>en todos los valores como la política modelo</translation>
    </message>
    <message>
      <source>until</source>
      <translation>hasta</translation>
    </message>
    <message>
      <source>■ none chosen</source>
      <translation>■ ninguno elegido</translation>
    </message>
  </context>
  <context>
    <name>PackageMaker</name>
    <message>
      <source>Headquarters is asked …</source>
      <translation>Se pregunta a la central …</translation>
    </message>
    <message>
      <source>It can't be written there (%1). To which other file?</source>
      <translation>No se puede escribir ahí (%1). ¿En qué otro archivo?</translation>
    </message>
    <message>
      <source>Package to which new file?</source>
      <translation>¿En qué archivo nuevo se guarda el paquete?</translation>
    </message>
    <message>
      <source>Package: passphrase</source>
      <translation>Paquete: frase de contraseña</translation>
    </message>
    <message>
      <source>Package: their key</source>
      <translation>Paquete: clave de ellos</translation>
    </message>
    <message>
      <source>Passphrase, told to the agency another way:</source>
      <translation>Frase de contraseña, comunicada a la agencia por otra vía:</translation>
    </message>
    <message>
      <source>The package is made …</source>
      <translation>Se prepara el paquete …</translation>
    </message>
    <message>
      <source>The same passphrase again:</source>
      <translation>La misma frase de contraseña otra vez:</translation>
    </message>
    <message>
      <source>✓ Shared, on record as %1</source>
      <translation>✓ Compartido, registrado como %1</translation>
    </message>
    <message>
      <source>✗ Name a new file in a folder that is there.</source>
      <translation>✗ Indique un archivo nuevo en una carpeta que exista.</translation>
    </message>
    <message>
      <source>✗ Nothing is shared: %1</source>
      <translation>✗ No se comparte nada: %1</translation>
    </message>
    <message>
      <source>✗ These are two different passphrases. Nothing was made.</source>
      <translation>✗ Son dos frases de contraseña distintas. No se preparó nada.</translation>
    </message>
  </context>
  <context>
    <name>PartsScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>■ The car: %1 not well</source>
      <translation>■ La patrulla: %1 con fallas</translation>
    </message>
    <message>
      <source>✓ All parts of the car are well</source>
      <translation>✓ Todo en la patrulla funciona bien</translation>
    </message>
  </context>
  <context>
    <name>PatrolScreen</name>
    <message>
      <source>Alerts</source>
      <translation>Alertas</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Cámara %1</translation>
    </message>
    <message>
      <source>Camera %1: </source>
      <translation>Cámara %1: </translation>
    </message>
    <message>
      <source>End shift</source>
      <translation>Terminar</translation>
    </message>
    <message>
      <source>Equipment</source>
      <translation>Equipo</translation>
    </message>
    <message>
      <source>Every hit of this shift is answered.</source>
      <translation>Todas las coincidencias del turno están contestadas.</translation>
    </message>
    <message>
      <source>Hits %1</source>
      <translation>Coinc. %1</translation>
    </message>
    <message>
      <source>Lock</source>
      <translation>Bloquear</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>Mapa</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Silenciar</translation>
    </message>
    <message>
      <source>Nothing owed</source>
      <translation>Nada pendiente</translation>
    </message>
    <message>
      <source>OPEN IT</source>
      <translation>ABRIR</translation>
    </message>
    <message>
      <source>OWED ...</source>
      <translation>PENDIENTE ...</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>Solicitudes</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Buscar</translation>
    </message>
    <message>
      <source>Sound on</source>
      <translation>Activar sonido</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Tema</translation>
    </message>
    <message>
      <source>Waiting for the cameras ...</source>
      <translation>Esperando las cámaras ...</translation>
    </message>
    <message>
      <source>■ Owed: %1</source>
      <translation>■ Pendiente: %1</translation>
    </message>
    <message>
      <source>▲ Not recorded</source>
      <translation>▲ Sin registrar</translation>
    </message>
  </context>
  <context>
    <name>PieceScreen</name>
    <message>
      <source>%1 Check the camera's power and cable, then look again; or put it on record as it is.</source>
      <translation>%1 Revise la alimentación y el cable de la cámara y mire de nuevo, o regístrelo tal como está.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Cámara %1</translation>
    </message>
    <message>
      <source>Check: %1</source>
      <translation>Prueba: %1</translation>
    </message>
    <message>
      <source>Hear the voice</source>
      <translation>Oír la voz</translation>
    </message>
    <message>
      <source>Hold the test plate %1 at %2 m before the camera; its read is noted by itself.</source>
      <translation>Sostenga la placa de prueba %1 a %2 m de la cámara; su lectura se anota sola.</translation>
    </message>
    <message>
      <source>I did not hear it</source>
      <translation>No lo oí</translation>
    </message>
    <message>
      <source>I heard it</source>
      <translation>Lo oí</translation>
    </message>
    <message>
      <source>Keep as reference</source>
      <translation>Guardar como referencia</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Mirar otra vez</translation>
    </message>
    <message>
      <source>No microphone measures it: did you hear it?</source>
      <translation>Ningún micrófono lo mide: ¿lo oyó?</translation>
    </message>
    <message>
      <source>No picture of the camera yet</source>
      <translation>Aún no hay imagen de la cámara</translation>
    </message>
    <message>
      <source>PUT ON RECORD</source>
      <translation>REGISTRAR</translation>
    </message>
    <message>
      <source>Play the tone</source>
      <translation>Reproducir el tono</translation>
    </message>
    <message>
      <source>Play the tone. Where no microphone measures it, say whether you heard it.</source>
      <translation>Reproduzca el tono. Si ningún micrófono lo mide, diga si lo oyó.</translation>
    </message>
    <message>
      <source>Repair ...</source>
      <translation>Reparar ...</translation>
    </message>
    <message>
      <source>Speaker</source>
      <translation>Altavoz</translation>
    </message>
    <message>
      <source>Test plate not read</source>
      <translation>Placa de prueba sin leer</translation>
    </message>
    <message>
      <source>The next picture becomes the reference ...</source>
      <translation>La próxima imagen será la referencia ...</translation>
    </message>
    <message>
      <source>This view is now the reference. Put it on record; the next check compares with it.</source>
      <translation>Esta vista es ahora la referencia. Regístrela; la próxima prueba se compara con ella.</translation>
    </message>
    <message>
      <source>it does not play yet</source>
      <translation>aún no suena</translation>
    </message>
    <message>
      <source>■ Sound: %1</source>
      <translation>■ Sonido: %1</translation>
    </message>
    <message>
      <source>■ Voice: %1</source>
      <translation>■ Voz: %1</translation>
    </message>
  </context>
  <context>
    <name>PlacesMap</name>
    <message>
      <source>%1 wide · %2</source>
      <translation>%1 de ancho · %2</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Farther</source>
      <translation>Más lejos</translation>
    </message>
    <message>
      <source>Map of the places on record</source>
      <translation>Mapa de los lugares registrados</translation>
    </message>
    <message>
      <source>Nearer</source>
      <translation>Más cerca</translation>
    </message>
    <message>
      <source>No record has a place yet.</source>
      <translation>Ningún asiento tiene lugar todavía.</translation>
    </message>
    <message>
      <source>None of these records has a place.</source>
      <translation>Ninguno de estos asientos tiene lugar.</translation>
    </message>
    <message>
      <source>Open record</source>
      <translation>Abrir asiento</translation>
    </message>
    <message>
      <source>agency's map</source>
      <translation>mapa de la agencia</translation>
    </message>
    <message>
      <source>no map file: grid</source>
      <translation>sin mapa: cuadrícula</translation>
    </message>
    <message>
      <source>without a place: %1 (%2)</source>
      <translation>sin lugar: %1 (%2)</translation>
    </message>
  </context>
  <context>
    <name>PlateEntry</name>
    <message>
      <source>Characters that you see on the plate</source>
      <translation>Caracteres que ve en la placa</translation>
    </message>
  </context>
  <context>
    <name>ProfileScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Not authorized</source>
      <translation>No autorizadas</translation>
    </message>
    <message>
      <source>Number keys or a touch turn a category on and off. Enter puts the profile on record.</source>
      <translation>Un número o un toque activa o quita una categoría. Enter registra el perfil.</translation>
    </message>
    <message>
      <source>USE THIS PROFILE</source>
      <translation>USAR ESTE PERFIL</translation>
    </message>
    <message>
      <source>Which hits shall alert you?</source>
      <translation>¿De qué coincidencias quiere alerta?</translation>
    </message>
    <message>
      <source>needs the Administrator's exception</source>
      <translation>requiere excepción del Administrador</translation>
    </message>
    <message>
      <source>off</source>
      <translation>no</translation>
    </message>
    <message>
      <source>on</source>
      <translation>sí</translation>
    </message>
    <message>
      <source>✓ excepted until %1 by %2: %3</source>
      <translation>✓ exceptuada hasta %1 por %2: %3</translation>
    </message>
  </context>
  <context>
    <name>ProofScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>It is me</source>
      <translation>Soy yo</translation>
    </message>
    <message>
      <source>Prove that it is you</source>
      <translation>Demuestre que es usted</translation>
    </message>
    <message>
      <source>Security key</source>
      <translation>Llave de seguridad</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Iniciar sesión</translation>
    </message>
    <message>
      <source>Without the key</source>
      <translation>Sin la llave</translation>
    </message>
  </context>
  <context>
    <name>ProveScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>IT IS ME</source>
      <translation>SOY YO</translation>
    </message>
    <message>
      <source>Prove that it is you</source>
      <translation>Demuestre que es usted</translation>
    </message>
    <message>
      <source>Security key</source>
      <translation>Llave de seguridad</translation>
    </message>
    <message>
      <source>Without the key</source>
      <translation>Sin la llave</translation>
    </message>
  </context>
  <context>
    <name>PurposeScreen</name>
    <message>
      <source>%1 · only with a citation</source>
      <translation>%1 · solo con fundamento legal</translation>
    </message>
    <message>
      <source>%1 · with facts in your own words</source>
      <translation>%1 · con hechos en sus palabras</translation>
    </message>
    <message>
      <source>%1: what do you cite?</source>
      <translation>%1: ¿qué norma invoca?</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Each is refused by its name, and the attempt goes on record with your name.</source>
      <translation>Cada uno se rechaza por su nombre, y el intento queda registrado con el nombre de usted.</translation>
    </message>
    <message>
      <source>None of these</source>
      <translation>Ninguno de estos</translation>
    </message>
    <message>
      <source>Not permitted ...</source>
      <translation>No permitido ...</translation>
    </message>
    <message>
      <source>Not permitted. Asking is on record.</source>
      <translation>No permitido. La petición queda registrada.</translation>
    </message>
    <message>
      <source>Not permitted: %1.</source>
      <translation>No permitido: %1.</translation>
    </message>
    <message>
      <source>Permitted only with its citation and the facts (%1).</source>
      <translation>Permitido solo con su fundamento legal y los hechos (%1).</translation>
    </message>
    <message>
      <source>What is the stop for?</source>
      <translation>¿Para qué es la parada?</translation>
    </message>
    <message>
      <source>refused, on record</source>
      <translation>rechazado, registrado</translation>
    </message>
  </context>
  <context>
    <name>RatePlot</name>
    <message>
      <source>Reads a minute, 30 min</source>
      <translation>Lecturas por minuto, 30 min</translation>
    </message>
    <message>
      <source>Reads a minute, 30 min: %1</source>
      <translation>Lecturas por minuto, 30 min: %1</translation>
    </message>
  </context>
  <context>
    <name>ReasonLine</name>
    <message>
      <source>Enter sends · Esc leaves</source>
      <translation>Enter envía · Esc sale</translation>
    </message>
    <message>
      <source>✗ %1 words or more.</source>
      <translation>✗ %1 palabras o más.</translation>
    </message>
  </context>
  <context>
    <name>RecordPage</name>
    <message>
      <source>%1: new record</source>
      <translation>%1: asiento nuevo</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>It is sent …</source>
      <translation>Se envía …</translation>
    </message>
    <message>
      <source>Put on record</source>
      <translation>Registrar</translation>
    </message>
    <message>
      <source>Save changes</source>
      <translation>Guardar cambios</translation>
    </message>
    <message>
      <source>The queries</source>
      <translation>Las consultas</translation>
    </message>
    <message>
      <source>due</source>
      <translation>plazo</translation>
    </message>
    <message>
      <source>why?</source>
      <translation>¿por qué?</translation>
    </message>
    <message>
      <source>✗ Fill in what is marked first.</source>
      <translation>✗ Complete primero lo marcado.</translation>
    </message>
  </context>
  <context>
    <name>Reel</name>
    <message>
      <source>Go live</source>
      <translation>En vivo</translation>
    </message>
    <message>
      <source>Reads</source>
      <translation>Lecturas</translation>
    </message>
    <message>
      <source>Reads · %1 this shift</source>
      <translation>Lecturas · %1 en este turno</translation>
    </message>
  </context>
  <context>
    <name>RegistersScreen</name>
    <message>
      <source>Due</source>
      <translation>Plazo</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportar</translation>
    </message>
    <message>
      <source>Export to which file (.csv, .json, .pdf)?</source>
      <translation>¿A qué archivo se exporta (.csv, .json, .pdf)?</translation>
    </message>
    <message>
      <source>Headquarters is asked …</source>
      <translation>Se pregunta a la central …</translation>
    </message>
    <message>
      <source>Late</source>
      <translation>Tarde</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>Mapa</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>Asiento nuevo</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Abiertos</translation>
    </message>
    <message>
      <source>Open record</source>
      <translation>Abrir asiento</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Asientos</translation>
    </message>
    <message>
      <source>Register</source>
      <translation>Libro</translation>
    </message>
    <message>
      <source>Registers</source>
      <translation>Libros</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>The file is made …</source>
      <translation>Se prepara el archivo …</translation>
    </message>
    <message>
      <source>✓ On record.</source>
      <translation>✓ Registrado.</translation>
    </message>
    <message>
      <source>✗ Let the name end in .csv, .json or .pdf.</source>
      <translation>✗ El nombre debe terminar en .csv, .json o .pdf.</translation>
    </message>
  </context>
  <context>
    <name>RepairScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>RECORD THE REPAIR</source>
      <translation>REGISTRAR LA REPARACIÓN</translation>
    </message>
    <message>
      <source>Record a repair</source>
      <translation>Registrar una reparación</translation>
    </message>
    <message>
      <source>Repaired by (the authorized source)</source>
      <translation>Reparado por (la fuente autorizada)</translation>
    </message>
    <message>
      <source>The equipment comes back into service by a check that passes.</source>
      <translation>El equipo vuelve al servicio con una prueba que pase.</translation>
    </message>
    <message>
      <source>What was done</source>
      <translation>Qué se hizo</translation>
    </message>
    <message>
      <source>Who authorized that source</source>
      <translation>Quién autorizó esa fuente</translation>
    </message>
  </context>
  <context>
    <name>ReportsScreen</name>
    <message>
      <source>2026, 2026-Q3 or 2026-11</source>
      <translation>2026, 2026-Q3 o 2026-11</translation>
    </message>
    <message>
      <source>A signed proof is saved beside each file; that it was made is on record.</source>
      <translation>Junto a cada archivo se guarda una prueba firmada; que se hizo queda registrado.</translation>
    </message>
    <message>
      <source>Agency</source>
      <translation>Agencia</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Período</translation>
    </message>
    <message>
      <source>Public page</source>
      <translation>Página pública</translation>
    </message>
    <message>
      <source>Public page: a period that is over, without any plate or person; small counts are hidden (HTML).</source>
      <translation>Página pública: un período terminado, sin placas ni personas; los números pequeños se ocultan (HTML).</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>Informes</translation>
    </message>
    <message>
      <source>Save to which file (%1)?</source>
      <translation>¿En qué archivo se guarda (%1)?</translation>
    </message>
    <message>
      <source>The file is made …</source>
      <translation>Se prepara el archivo …</translation>
    </message>
    <message>
      <source>Training roster</source>
      <translation>Lista de capacitación</translation>
    </message>
    <message>
      <source>Training roster: who is trained in what, by whom and when (CSV, JSON, PDF).</source>
      <translation>Lista de capacitación: quién se capacitó en qué, con quién y cuándo (CSV, JSON, PDF).</translation>
    </message>
    <message>
      <source>Usage report</source>
      <translation>Informe de uso</translation>
    </message>
    <message>
      <source>Usage report: a month, a quarter or a year in exact numbers, for the Chief (PDF).</source>
      <translation>Informe de uso: un mes, un trimestre o un año en números exactos, para el Jefe (PDF).</translation>
    </message>
    <message>
      <source>as the public page shall call the agency</source>
      <translation>como la página pública llamará a la agencia</translation>
    </message>
    <message>
      <source>✗ Let the name end in %1.</source>
      <translation>✗ El nombre debe terminar en %1.</translation>
    </message>
  </context>
  <context>
    <name>RequestsScreen</name>
    <message>
      <source>%1 is on record: %2.</source>
      <translation>%1 está registrado: %2.</translation>
    </message>
    <message>
      <source>Approve</source>
      <translation>Aprobar</translation>
    </message>
    <message>
      <source>Approve: shut</source>
      <translation>Aprobar: no se puede</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Por</translation>
    </message>
    <message>
      <source>CJIS/NCIC is asked …</source>
      <translation>Se pregunta a CJIS/NCIC …</translation>
    </message>
    <message>
      <source>Check CJIS/NCIC</source>
      <translation>Consultar CJIS/NCIC</translation>
    </message>
    <message>
      <source>Headquarters is still asked about it</source>
      <translation>Aún se pregunta a la central</translation>
    </message>
    <message>
      <source>Offense</source>
      <translation>Delito</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>Plate not verified by CJIS/NCIC</source>
      <translation>Placa sin verificar por CJIS/NCIC</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>Rechazar</translation>
    </message>
    <message>
      <source>Requests to approve</source>
      <translation>Solicitudes por aprobar</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>The decision is sent …</source>
      <translation>Se envía la decisión …</translation>
    </message>
    <message>
      <source>Why is %1 refused?</source>
      <translation>¿Por qué se rechaza %1?</translation>
    </message>
    <message>
      <source>Your own request: another supervisor decides</source>
      <translation>Solicitud propia: decide otro supervisor</translation>
    </message>
  </context>
  <context>
    <name>SearchForm</name>
    <message>
      <source>41.7123, -72.6081; a box: two corners</source>
      <translation>41.7123, -72.6081; un recuadro: dos esquinas</translation>
    </message>
    <message>
      <source>? one, * any</source>
      <translation>? uno, * varios</translation>
    </message>
    <message>
      <source>Body</source>
      <translation>Carrocería</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Cámara</translation>
    </message>
    <message>
      <source>Case number</source>
      <translation>Número de caso</translation>
    </message>
    <message>
      <source>Citation</source>
      <translation>Cita legal</translation>
    </message>
    <message>
      <source>Color</source>
      <translation>Color</translation>
    </message>
    <message>
      <source>Facts, where the purpose needs them</source>
      <translation>Hechos, si el propósito los exige</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Desde</translation>
    </message>
    <message>
      <source>Make</source>
      <translation>Marca</translation>
    </message>
    <message>
      <source>Offense type</source>
      <translation>Tipo de delito</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Lugar</translation>
    </message>
    <message>
      <source>Plate or a part of it</source>
      <translation>Placa o parte de ella</translation>
    </message>
    <message>
      <source>Purpose</source>
      <translation>Propósito</translation>
    </message>
    <message>
      <source>Reason, in your own words</source>
      <translation>Motivo, en sus propias palabras</translation>
    </message>
    <message>
      <source>State of issue</source>
      <translation>Estado emisor</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Hasta</translation>
    </message>
    <message>
      <source>Within miles</source>
      <translation>Dentro de millas</translation>
    </message>
    <message>
      <source>its id</source>
      <translation>su identificador</translation>
    </message>
    <message>
      <source>or other number</source>
      <translation>u otro número</translation>
    </message>
    <message>
      <source>where needed</source>
      <translation>si hace falta</translation>
    </message>
  </context>
  <context>
    <name>SearchScreen</name>
    <message>
      <source> (with a citation)</source>
      <translation> (con cita legal)</translation>
    </message>
    <message>
      <source>Around here</source>
      <translation>Por aquí</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Cámara</translation>
    </message>
    <message>
      <source>Car</source>
      <translation>Patrulla</translation>
    </message>
    <message>
      <source>Case file</source>
      <translation>Archivo del caso</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>Vaciar</translation>
    </message>
    <message>
      <source>Farther back</source>
      <translation>Más atrás</translation>
    </message>
    <message>
      <source>Goes on record ...</source>
      <translation>Se registra ...</translation>
    </message>
    <message>
      <source>Into a case</source>
      <translation>A un caso</translation>
    </message>
    <message>
      <source>It goes on record, and is looked for …</source>
      <translation>Queda registrado, y se busca …</translation>
    </message>
    <message>
      <source>Kept at</source>
      <translation>Guardada en</translation>
    </message>
    <message>
      <source>Leads, not hits: verify before acting</source>
      <translation>Indicios, no coincidencias: verifique antes de actuar</translation>
    </message>
    <message>
      <source>Leads, not hits: verify before you act</source>
      <translation>Indicios, no coincidencias: verifique antes de actuar</translation>
    </message>
    <message>
      <source>More is fetched …</source>
      <translation>Se piden más …</translation>
    </message>
    <message>
      <source>More results</source>
      <translation>Más resultados</translation>
    </message>
    <message>
      <source>NEW SEARCH</source>
      <translation>NUEVA BÚSQUEDA</translation>
    </message>
    <message>
      <source>NEXT</source>
      <translation>SIGUIENTE</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Lugar</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>SEARCH</source>
      <translation>BUSCAR</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Buscar</translation>
    </message>
    <message>
      <source>Search past reads</source>
      <translation>Buscar lecturas pasadas</translation>
    </message>
    <message>
      <source>Search past reads: what</source>
      <translation>Buscar lecturas: qué</translation>
    </message>
    <message>
      <source>Search past reads: what for</source>
      <translation>Buscar lecturas: para qué</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>The read is held for the case …</source>
      <translation>Se guarda la lectura para el caso …</translation>
    </message>
    <message>
      <source>Vehicle</source>
      <translation>Vehículo</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>Who searches, for what and why, is on record before the first result.</source>
      <translation>Quién busca, qué y por qué queda registrado antes del primer resultado.</translation>
    </message>
    <message>
      <source>Why does case %1 need this read?</source>
      <translation>¿Por qué el caso %1 necesita esta lectura?</translation>
    </message>
    <message>
      <source>more than %1</source>
      <translation>más de %1</translation>
    </message>
    <message>
      <source>refused: </source>
      <translation>rechazado: </translation>
    </message>
    <message>
      <source>■ Choose a read first: arrow keys.</source>
      <translation>■ Elija antes una lectura: flechas.</translation>
    </message>
    <message>
      <source>■ It is kept elsewhere: the console takes it into a case.</source>
      <translation>■ Se guarda en otro lugar: la consola lo incorpora a un caso.</translation>
    </message>
    <message>
      <source>■ The car's place is not known. Type one.</source>
      <translation>■ No se conoce el lugar del vehículo. Escriba uno.</translation>
    </message>
    <message>
      <source>✓ Held for the case, on record, and saved with headquarters' signature.</source>
      <translation>✓ Guardada para el caso, registrada, y en un archivo con la firma de la central.</translation>
    </message>
    <message>
      <source>✓ Held for the case, on record. No file was written.</source>
      <translation>✓ Guardada para el caso, registrada. No se escribió ningún archivo.</translation>
    </message>
    <message>
      <source>✓ On record. %1: found %2.</source>
      <translation>✓ Registrado. %1: se hallaron %2.</translation>
    </message>
    <message>
      <source>✗ The case number is missing.</source>
      <translation>✗ Falta el número de caso.</translation>
    </message>
    <message>
      <source>✗ The file can't be written there. The read is held; export it again.</source>
      <translation>✗ No se puede escribir ahí el archivo. La lectura está guardada; expórtela otra vez.</translation>
    </message>
  </context>
  <context>
    <name>SeePanel</name>
    <message>
      <source>Backspace</source>
      <translation>Retroceso</translation>
    </message>
    <message>
      <source>Choose the issuing state that you see.</source>
      <translation>Elija el estado emisor que ve.</translation>
    </message>
    <message>
      <source>Confirm %1, %2</source>
      <translation>Confirmar %1, %2</translation>
    </message>
    <message>
      <source>Confirm plate and state</source>
      <translation>Confirmar placa y estado</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Mirar otra vez</translation>
    </message>
    <message>
      <source>Type the characters that you see.</source>
      <translation>Escriba los caracteres que ve.</translation>
    </message>
  </context>
  <context>
    <name>ShiftEndScreen</name>
    <message>
      <source>%1 of %2 hits</source>
      <translation>%1 de %2 coincidencias</translation>
    </message>
    <message>
      <source>%1 records wait for headquarters</source>
      <translation>%1 registros esperan a la central</translation>
    </message>
    <message>
      <source>%1 · %2 reads · %3 pictures, %4 skipped, %5 unreadable</source>
      <translation>%1 · %2 lecturas · %3 imágenes, %4 omitidas, %5 ilegibles</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Camera %1</source>
      <translation>Cámara %1</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>Coincidencias</translation>
    </message>
    <message>
      <source>Link</source>
      <translation>Enlace</translation>
    </message>
    <message>
      <source>Misread</source>
      <translation>Mal leídas</translation>
    </message>
    <message>
      <source>Reads</source>
      <translation>Lecturas</translation>
    </message>
    <message>
      <source>SIGN OUT</source>
      <translation>CERRAR SESIÓN</translation>
    </message>
    <message>
      <source>Stops</source>
      <translation>Paradas</translation>
    </message>
    <message>
      <source>This shift</source>
      <translation>Este turno</translation>
    </message>
    <message>
      <source>■ Still owed: %1. It waits for your next sign-in.</source>
      <translation>■ Aún pendiente: %1. Queda para su próxima sesión.</translation>
    </message>
    <message>
      <source>✓ Nothing is owed.</source>
      <translation>✓ Nada pendiente.</translation>
    </message>
  </context>
  <context>
    <name>ShiftStartScreen</name>
    <message>
      <source>BEGIN THE SHIFT</source>
      <translation>EMPEZAR EL TURNO</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Cámara</translation>
    </message>
    <message>
      <source>Equipment</source>
      <translation>Equipo</translation>
    </message>
    <message>
      <source>Hot lists</source>
      <translation>Listas de alerta</translation>
    </message>
    <message>
      <source>Parts that start need some seconds. What stays red: check power and cable, tell a supervisor.</source>
      <translation>Lo que arranca tarda unos segundos. Lo que siga en rojo: revise corriente y cable, avise a un supervisor.</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>Sonido</translation>
    </message>
    <message>
      <source>The car's parts</source>
      <translation>Las partes de la patrulla</translation>
    </message>
    <message>
      <source>Voice</source>
      <translation>Voz</translation>
    </message>
    <message>
      <source>none has answered</source>
      <translation>ninguna respuesta</translation>
    </message>
    <message>
      <source>none in force: no hits</source>
      <translation>ninguna vigente: no hay coincidencias</translation>
    </message>
    <message>
      <source>■ Before you drive: %1 not ready</source>
      <translation>■ Antes de salir: faltan %1 por estar listos</translation>
    </message>
    <message>
      <source>■ Training is due by %1 (days left: %2): %3. After that day access shuts. See your trainer.</source>
      <translation>■ La formación vence el %1 (días que quedan: %2): %3. Después de ese día se cierra el acceso. Hable con su instructor.</translation>
    </message>
    <message>
      <source>✓ The car is ready</source>
      <translation>✓ La patrulla está lista</translation>
    </message>
  </context>
  <context>
    <name>SignInScreen</name>
    <message>
      <source>By going on you consent to this.</source>
      <translation>Al continuar, usted da su consentimiento.</translation>
    </message>
    <message>
      <source>Checked. Sign in again; a wrong code shows a new number.</source>
      <translation>Revisado. Inicie sesión de nuevo; un código equivocado muestra otro número.</translation>
    </message>
    <message>
      <source>Demonstration accounts, with the code of this moment:</source>
      <translation>Cuentas de la demostración, con el código de este momento:</translation>
    </message>
    <message>
      <source>Everything you do here is recorded, monitored and audited, under your name.</source>
      <translation>Todo lo que haga aquí se registra, vigila y audita, bajo su nombre.</translation>
    </message>
    <message>
      <source>I have read the notice</source>
      <translation>He leído el aviso</translation>
    </message>
    <message>
      <source>Locked. Sign in again</source>
      <translation>Bloqueado. Inicie sesión</translation>
    </message>
    <message>
      <source>Misuse can lead to discipline up to dismissal, and to civil and criminal penalties.</source>
      <translation>El uso indebido puede conllevar sanciones disciplinarias, hasta el despido, y sanciones civiles y penales.</translation>
    </message>
    <message>
      <source>Official use only</source>
      <translation>Solo uso oficial</translation>
    </message>
    <message>
      <source>Read the notice at the left and tick it first.</source>
      <translation>Primero lea el aviso a la izquierda y márquelo.</translation>
    </message>
    <message>
      <source>Read this number to the Administrator, who gives you a release code: %1</source>
      <translation>Lea este número al Administrador, que le da un código de desbloqueo: %1</translation>
    </message>
    <message>
      <source>Release</source>
      <translation>Desbloquear</translation>
    </message>
    <message>
      <source>Release code, 10 digits</source>
      <translation>Código de desbloqueo, 10 dígitos</translation>
    </message>
    <message>
      <source>SIGN IN</source>
      <translation>INICIAR SESIÓN</translation>
    </message>
    <message>
      <source>Security key</source>
      <translation>Llave de seguridad</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Iniciar sesión</translation>
    </message>
    <message>
      <source>This account is locked.</source>
      <translation>Esta cuenta está bloqueada.</translation>
    </message>
    <message>
      <source>This is a restricted police system. Use it for official business alone.</source>
      <translation>Este es un sistema policial restringido. Úselo solo para asuntos oficiales.</translation>
    </message>
    <message>
      <source>UNLOCK</source>
      <translation>DESBLOQUEAR</translation>
    </message>
    <message>
      <source>Without the key</source>
      <translation>Sin la llave</translation>
    </message>
    <message>
      <source>□  I have read this   (Space)</source>
      <translation>□  Lo he leído   (Espacio)</translation>
    </message>
    <message>
      <source>✓  I have read this</source>
      <translation>✓  Lo he leído</translation>
    </message>
  </context>
  <context>
    <name>StateEntry</name>
    <message>
      <source>Issuing state that you see</source>
      <translation>Estado emisor que ve</translation>
    </message>
    <message>
      <source>State: its name or code</source>
      <translation>Estado: nombre o código</translation>
    </message>
  </context>
  <context>
    <name>StatementScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>PUT ON RECORD</source>
      <translation>REGISTRAR</translation>
    </message>
    <message>
      <source>■ In your own words, at least %1.</source>
      <translation>■ Con sus palabras, al menos %1.</translation>
    </message>
    <message>
      <source>■ Not yet: say at least %1 words. What do you see, where, and why now?</source>
      <translation>■ Aún no: diga al menos %1 palabras. ¿Qué ve, dónde, y por qué ahora?</translation>
    </message>
    <message>
      <source>✓ These words can go on record.</source>
      <translation>✓ Estas palabras pueden registrarse.</translation>
    </message>
  </context>
  <context>
    <name>StatusCheck</name>
    <message>
      <source>%1
answered %2 to %3</source>
      <translation>%1
contestó %2 a %3</translation>
    </message>
    <message>
      <source>Active: still wanted</source>
      <translation>Vigente: aún se busca</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Otra vez</translation>
    </message>
    <message>
      <source>Back to the query</source>
      <translation>A la consulta</translation>
    </message>
    <message>
      <source>By %1, %2, from %3</source>
      <translation>Por %1, %2, de %3</translation>
    </message>
    <message>
      <source>By radio ...</source>
      <translation>Por radio ...</translation>
    </message>
    <message>
      <source>Hit confirmation ...</source>
      <translation>Confirmación ...</translation>
    </message>
    <message>
      <source>NCIC query sent %1</source>
      <translation>Consulta al NCIC enviada %1</translation>
    </message>
    <message>
      <source>NO on record: %1</source>
      <translation>NO según el registro: %1</translation>
    </message>
    <message>
      <source>Not active any more</source>
      <translation>Ya no está vigente</translation>
    </message>
    <message>
      <source>Not asked yet</source>
      <translation>Sin consultar</translation>
    </message>
    <message>
      <source>Say who answers</source>
      <translation>Diga quién contesta</translation>
    </message>
    <message>
      <source>Waiting for NCIC</source>
      <translation>Esperando al NCIC</translation>
    </message>
    <message>
      <source>Who answers by radio</source>
      <translation>Quién contesta por radio</translation>
    </message>
    <message>
      <source>Who answers by radio?</source>
      <translation>¿Quién contesta por radio?</translation>
    </message>
  </context>
  <context>
    <name>Story</name>
    <message>
      <source>On record of it</source>
      <translation>Lo registrado sobre esto</translation>
    </message>
    <message>
      <source>Said</source>
      <translation>Palabras</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Quién</translation>
    </message>
  </context>
  <context>
    <name>TrainingLine</name>
    <message>
      <source>TRAINING · nothing here is real</source>
      <translation>ENTRENAMIENTO · nada de esto es real</translation>
    </message>
    <message>
      <source>The trainer has paused the drill</source>
      <translation>El instructor ha pausado el ejercicio</translation>
    </message>
  </context>
  <context>
    <name>TypingScreen</name>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>DONE</source>
      <translation>LISTO</translation>
    </message>
    <message>
      <source>NEXT FIELD</source>
      <translation>SIGUIENTE CAMPO</translation>
    </message>
  </context>
  <context>
    <name>VehiclePanel</name>
    <message>
      <source>1 match</source>
      <translation>1 coincide</translation>
    </message>
    <message>
      <source>2 differs</source>
      <translation>2 difiere</translation>
    </message>
    <message>
      <source>3 can't see</source>
      <translation>3 no se ve</translation>
    </message>
    <message>
      <source>The entry does not describe the vehicle.</source>
      <translation>La entrada no describe el vehículo.</translation>
    </message>
  </context>
  <context>
    <name>VerifyScreen</name>
    <message>
      <source>1 · What do you see?</source>
      <translation>1 · ¿Qué ve?</translation>
    </message>
    <message>
      <source>2 · Is it the vehicle?</source>
      <translation>2 · ¿Es el vehículo?</translation>
    </message>
    <message>
      <source>3 · Is it still active?</source>
      <translation>3 · ¿Sigue vigente?</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Atrás</translation>
    </message>
    <message>
      <source>Big keys</source>
      <translation>Teclas</translation>
    </message>
    <message>
      <source>Can't see: follow</source>
      <translation>No se ve: solo seguir</translation>
    </message>
    <message>
      <source>Hit confirmation: %1</source>
      <translation>Confirmación: %1</translation>
    </message>
    <message>
      <source>No stop ...</source>
      <translation>Sin parada ...</translation>
    </message>
    <message>
      <source>OUTCOME ...</source>
      <translation>RESULTADO ...</translation>
    </message>
    <message>
      <source>Other way ...</source>
      <translation>Otra vía ...</translation>
    </message>
    <message>
      <source>STOP</source>
      <translation>PARAR</translation>
    </message>
    <message>
      <source>refused %1, on record</source>
      <translation>rechazada %1, registrado</translation>
    </message>
    <message>
      <source>shut: %1 missing</source>
      <translation>cerrada: faltan %1</translation>
    </message>
    <message>
      <source>shut: fault</source>
      <translation>cerrada: falla</translation>
    </message>
  </context>
  <context>
    <name>WatchScreen</name>
    <message>
      <source>A violation</source>
      <translation>Infracción</translation>
    </message>
    <message>
      <source>Asked for</source>
      <translation>Preguntó por</translation>
    </message>
    <message>
      <source>Dismiss with the reason</source>
      <translation>Descartar con el motivo</translation>
    </message>
    <message>
      <source>Facts on record</source>
      <translation>Hechos registrados</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>Hallado</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>Abierto hace</translation>
    </message>
    <message>
      <source>Review: shut</source>
      <translation>Revisar: no se puede</translation>
    </message>
    <message>
      <source>Security events</source>
      <translation>Sucesos de seguridad</translation>
    </message>
    <message>
      <source>The review is sent …</source>
      <translation>Se envía la revisión …</translation>
    </message>
    <message>
      <source>The searches behind it</source>
      <translation>Las búsquedas en que se basa</translation>
    </message>
    <message>
      <source>Unusual use</source>
      <translation>Uso inusual</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>What was violated? The Chief is told.</source>
      <translation>¿Qué se infringió? Se avisa al Jefe.</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Dónde</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Quién</translation>
    </message>
    <message>
      <source>Whose</source>
      <translation>De quién</translation>
    </message>
    <message>
      <source>Why is this in order?</source>
      <translation>¿Por qué está en orden?</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>Palabras</translation>
    </message>
    <message>
      <source>Your own searches: somebody else reviews them</source>
      <translation>Sus propias búsquedas: las revisa otra persona</translation>
    </message>
    <message>
      <source>✓ The review is on record.</source>
      <translation>✓ La revisión está registrada.</translation>
    </message>
    <message>
      <source>✗ Nobody reviews a finding about themselves.</source>
      <translation>✗ Nadie revisa un hallazgo sobre sí mismo.</translation>
    </message>
  </context>
  <context>
    <name>WaysScreen</name>
    <message>
      <source>Each wants the facts in your own words. An answer that differs is never gone around.</source>
      <translation>Cada una pide los hechos con sus palabras. Una respuesta que difiere nunca se omite.</translation>
    </message>
    <message>
      <source>This policy has no other way. Take the steps; follow as long as you can't.</source>
      <translation>Esta política no tiene otra vía. Siga los pasos; mientras no pueda, siga al vehículo.</translation>
    </message>
    <message>
      <source>Which way, other than the steps?</source>
      <translation>¿Qué vía, aparte de los pasos?</translation>
    </message>
    <message>
      <source>not in this policy (%1)</source>
      <translation>no en esta política (%1)</translation>
    </message>
  </context>
  <context>
    <name>_Painter</name>
    <message>
      <source>out of service: no alert</source>
      <translation>fuera de servicio: sin alerta</translation>
    </message>
    <message>
      <source>state unknown</source>
      <translation>estado desconocido</translation>
    </message>
    <message>
      <source>▲ HIT</source>
      <translation>▲ COINC.</translation>
    </message>
  </context>
  <context>
    <name>alerts</name>
    <message>
      <source>AMBER Alert</source>
      <translation>Alerta AMBER</translation>
    </message>
    <message>
      <source>Agency hot list</source>
      <translation>Lista de alerta de la agencia</translation>
    </message>
    <message>
      <source>Canadian stolen vehicle</source>
      <translation>Vehículo robado de Canadá</translation>
    </message>
    <message>
      <source>Felony vehicle</source>
      <translation>Vehículo de delito grave</translation>
    </message>
    <message>
      <source>Gang or suspected terrorist</source>
      <translation>Pandilla o presunto terrorista</translation>
    </message>
    <message>
      <source>Immigration violator</source>
      <translation>Infractor de inmigración</translation>
    </message>
    <message>
      <source>Missing person</source>
      <translation>Persona desaparecida</translation>
    </message>
    <message>
      <source>Protection order</source>
      <translation>Orden de protección</translation>
    </message>
    <message>
      <source>Protective interest</source>
      <translation>Interés de protección</translation>
    </message>
    <message>
      <source>Sex offender registry</source>
      <translation>Registro de ofensores sexuales</translation>
    </message>
    <message>
      <source>Stolen plate</source>
      <translation>Placa robada</translation>
    </message>
    <message>
      <source>Stolen vehicle</source>
      <translation>Vehículo robado</translation>
    </message>
    <message>
      <source>Supervised release</source>
      <translation>Libertad supervisada</translation>
    </message>
    <message>
      <source>Violent person</source>
      <translation>Persona violenta</translation>
    </message>
    <message>
      <source>Wanted person</source>
      <translation>Persona buscada</translation>
    </message>
  </context>
  <context>
    <name>codes</name>
    <message>
      <source>%1 over %2</source>
      <translation>%1 sobre %2</translation>
    </message>
    <message>
      <source>ambulance</source>
      <translation>ambulancia</translation>
    </message>
    <message>
      <source>amethyst</source>
      <translation>amatista</translation>
    </message>
    <message>
      <source>antique</source>
      <translation>antiguo</translation>
    </message>
    <message>
      <source>apportioned</source>
      <translation>prorrateada</translation>
    </message>
    <message>
      <source>armed and dangerous</source>
      <translation>armado y peligroso</translation>
    </message>
    <message>
      <source>armored truck</source>
      <translation>camión blindado</translation>
    </message>
    <message>
      <source>beige</source>
      <translation>beige</translation>
    </message>
    <message>
      <source>black</source>
      <translation>negro</translation>
    </message>
    <message>
      <source>blue</source>
      <translation>azul</translation>
    </message>
    <message>
      <source>bronze</source>
      <translation>bronce</translation>
    </message>
    <message>
      <source>brown</source>
      <translation>café</translation>
    </message>
    <message>
      <source>bus</source>
      <translation>autobús</translation>
    </message>
    <message>
      <source>camouflage</source>
      <translation>camuflaje</translation>
    </message>
    <message>
      <source>carryall</source>
      <translation>carryall</translation>
    </message>
    <message>
      <source>chrome</source>
      <translation>cromado</translation>
    </message>
    <message>
      <source>city</source>
      <translation>municipal</translation>
    </message>
    <message>
      <source>commercial</source>
      <translation>comercial</translation>
    </message>
    <message>
      <source>convertible</source>
      <translation>convertible</translation>
    </message>
    <message>
      <source>copper</source>
      <translation>cobre</translation>
    </message>
    <message>
      <source>county</source>
      <translation>del condado</translation>
    </message>
    <message>
      <source>coupe</source>
      <translation>cupé</translation>
    </message>
    <message>
      <source>cream</source>
      <translation>crema</translation>
    </message>
    <message>
      <source>dark blue</source>
      <translation>azul oscuro</translation>
    </message>
    <message>
      <source>dark green</source>
      <translation>verde oscuro</translation>
    </message>
    <message>
      <source>dealer</source>
      <translation>concesionario</translation>
    </message>
    <message>
      <source>diplomatic</source>
      <translation>diplomática</translation>
    </message>
    <message>
      <source>disabled person</source>
      <translation>persona con discapacidad</translation>
    </message>
    <message>
      <source>disabled veteran</source>
      <translation>veterano con discapacidad</translation>
    </message>
    <message>
      <source>drugs</source>
      <translation>drogas</translation>
    </message>
    <message>
      <source>dump truck</source>
      <translation>camión de volteo</translation>
    </message>
    <message>
      <source>escape risk</source>
      <translation>riesgo de fuga</translation>
    </message>
    <message>
      <source>explosives</source>
      <translation>explosivos</translation>
    </message>
    <message>
      <source>farm</source>
      <translation>agrícola</translation>
    </message>
    <message>
      <source>federal</source>
      <translation>federal (EE. UU.)</translation>
    </message>
    <message>
      <source>fire</source>
      <translation>bomberos</translation>
    </message>
    <message>
      <source>fire truck</source>
      <translation>camión de bomberos</translation>
    </message>
    <message>
      <source>five-door</source>
      <translation>cinco puertas</translation>
    </message>
    <message>
      <source>flatbed truck</source>
      <translation>camión de plataforma</translation>
    </message>
    <message>
      <source>four-door sedan</source>
      <translation>sedán 4 puertas</translation>
    </message>
    <message>
      <source>gold</source>
      <translation>dorado</translation>
    </message>
    <message>
      <source>gray</source>
      <translation>gris</translation>
    </message>
    <message>
      <source>green</source>
      <translation>verde</translation>
    </message>
    <message>
      <source>hatchback</source>
      <translation>hatchback</translation>
    </message>
    <message>
      <source>in transit</source>
      <translation>en tránsito</translation>
    </message>
    <message>
      <source>lavender</source>
      <translation>lavanda</translation>
    </message>
    <message>
      <source>light blue</source>
      <translation>azul claro</translation>
    </message>
    <message>
      <source>light green</source>
      <translation>verde claro</translation>
    </message>
    <message>
      <source>limousine</source>
      <translation>limusina</translation>
    </message>
    <message>
      <source>maroon</source>
      <translation>vino</translation>
    </message>
    <message>
      <source>martial arts</source>
      <translation>artes marciales</translation>
    </message>
    <message>
      <source>mauve</source>
      <translation>malva</translation>
    </message>
    <message>
      <source>moped</source>
      <translation>ciclomotor</translation>
    </message>
    <message>
      <source>motor home</source>
      <translation>casa rodante</translation>
    </message>
    <message>
      <source>motorcycle</source>
      <translation>motocicleta</translation>
    </message>
    <message>
      <source>multicolored</source>
      <translation>multicolor</translation>
    </message>
    <message>
      <source>orange</source>
      <translation>naranja</translation>
    </message>
    <message>
      <source>passenger</source>
      <translation>pasajeros</translation>
    </message>
    <message>
      <source>personalized</source>
      <translation>personalizada</translation>
    </message>
    <message>
      <source>pickup</source>
      <translation>pickup</translation>
    </message>
    <message>
      <source>pink</source>
      <translation>rosa</translation>
    </message>
    <message>
      <source>police</source>
      <translation>policía</translation>
    </message>
    <message>
      <source>purple</source>
      <translation>morado</translation>
    </message>
    <message>
      <source>red</source>
      <translation>rojo</translation>
    </message>
    <message>
      <source>rental or livery</source>
      <translation>alquiler o transporte</translation>
    </message>
    <message>
      <source>school</source>
      <translation>escolar</translation>
    </message>
    <message>
      <source>sedan</source>
      <translation>sedán</translation>
    </message>
    <message>
      <source>silver</source>
      <translation>plateado</translation>
    </message>
    <message>
      <source>sport utility</source>
      <translation>SUV</translation>
    </message>
    <message>
      <source>state</source>
      <translation>estatal</translation>
    </message>
    <message>
      <source>station wagon</source>
      <translation>camioneta familiar</translation>
    </message>
    <message>
      <source>suicidal</source>
      <translation>suicida</translation>
    </message>
    <message>
      <source>tan</source>
      <translation>canela</translation>
    </message>
    <message>
      <source>taupe</source>
      <translation>gris topo</translation>
    </message>
    <message>
      <source>taxi</source>
      <translation>taxi</translation>
    </message>
    <message>
      <source>teal</source>
      <translation>verde azulado</translation>
    </message>
    <message>
      <source>temporary</source>
      <translation>temporal</translation>
    </message>
    <message>
      <source>three-door</source>
      <translation>tres puertas</translation>
    </message>
    <message>
      <source>tow truck</source>
      <translation>grúa</translation>
    </message>
    <message>
      <source>tractor truck</source>
      <translation>tractocamión</translation>
    </message>
    <message>
      <source>tractor truck, diesel</source>
      <translation>tractocamión diésel</translation>
    </message>
    <message>
      <source>trailer</source>
      <translation>remolque</translation>
    </message>
    <message>
      <source>truck</source>
      <translation>camión</translation>
    </message>
    <message>
      <source>turquoise</source>
      <translation>turquesa</translation>
    </message>
    <message>
      <source>two-door sedan</source>
      <translation>sedán 2 puertas</translation>
    </message>
    <message>
      <source>van</source>
      <translation>camioneta cerrada</translation>
    </message>
    <message>
      <source>veteran</source>
      <translation>veterano</translation>
    </message>
    <message>
      <source>violent</source>
      <translation>violento</translation>
    </message>
    <message>
      <source>white</source>
      <translation>blanco</translation>
    </message>
    <message>
      <source>yellow</source>
      <translation>amarillo</translation>
    </message>
  </context>
  <context>
    <name>confirmation</name>
    <message>
      <source>%1 %2 left · request %3 of %4</source>
      <translation>%1 quedan %2 · petición %3 de %4</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Pedir</translation>
    </message>
    <message>
      <source>Second request</source>
      <translation>Segunda petición</translation>
    </message>
    <message>
      <source>Third request</source>
      <translation>Tercera petición</translation>
    </message>
    <message>
      <source>in process until %5, %2 left · request %3 of %4</source>
      <translation>en trámite hasta %5, quedan %2 · petición %3 de %4</translation>
    </message>
    <message>
      <source>not asked</source>
      <translation>sin pedir</translation>
    </message>
    <message>
      <source>routine</source>
      <translation>de rutina</translation>
    </message>
    <message>
      <source>urgent</source>
      <translation>urgente</translation>
    </message>
    <message>
      <source>■ %1 overdue by %2 · request %3 of %4</source>
      <translation>■ %1 vencida por %2 · petición %3 de %4</translation>
    </message>
    <message>
      <source>■ no response %1, says %2</source>
      <translation>■ sin respuesta %1, dice %2</translation>
    </message>
    <message>
      <source>✓ confirmed %1 by %2</source>
      <translation>✓ confirmada %1 por %2</translation>
    </message>
    <message>
      <source>✗ not valid %1, says %2</source>
      <translation>✗ no válida %1, dice %2</translation>
    </message>
  </context>
  <context>
    <name>devices</name>
    <message>
      <source>Check its power and cable.</source>
      <translation>Revise su corriente y su cable.</translation>
    </message>
    <message>
      <source>Check its power, cable and address.</source>
      <translation>Revise su corriente, su cable y su dirección.</translation>
    </message>
    <message>
      <source>Feeds</source>
      <translation>Lectores</translation>
    </message>
    <message>
      <source>It speaks English: this machine has no voice for your language</source>
      <translation>Habla en inglés: este equipo no tiene voz en español</translation>
    </message>
    <message>
      <source>No answer from %1 within %2 s.</source>
      <translation>Sin respuesta de %1 en %2 s.</translation>
    </message>
    <message>
      <source>No picture for %1 s</source>
      <translation>Sin imagen por %1 s</translation>
    </message>
    <message>
      <source>No speaker was found</source>
      <translation>No se halló altavoz</translation>
    </message>
    <message>
      <source>No speech engine was found</source>
      <translation>No se halló motor de voz</translation>
    </message>
    <message>
      <source>No word from the device</source>
      <translation>El dispositivo no da señales</translation>
    </message>
    <message>
      <source>PortAudio is missing</source>
      <translation>Falta PortAudio</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>Posición</translation>
    </message>
    <message>
      <source>Restart the camera; check its cable.</source>
      <translation>Reinicie la cámara; revise su cable.</translation>
    </message>
    <message>
      <source>Signals</source>
      <translation>Señales</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>Sonido</translation>
    </message>
    <message>
      <source>The camera ended the stream.</source>
      <translation>La cámara cortó la transmisión.</translation>
    </message>
    <message>
      <source>The camera sends no picture that can be read.</source>
      <translation>La cámara no envía una imagen legible.</translation>
    </message>
    <message>
      <source>The camera's picture stands still: it hangs, or sees nothing. Restart the camera; look for a cover.</source>
      <translation>La imagen de la cámara está fija: se trabó o no ve nada. Reiníciela; mire si algo la tapa.</translation>
    </message>
    <message>
      <source>The clock differs from the position's by %1 s</source>
      <translation>El reloj difiere del de la posición por %1 s</translation>
    </message>
    <message>
      <source>The microphone hears nothing at all: did you hear the tone?</source>
      <translation>El micrófono no capta nada: ¿oyó usted el tono?</translation>
    </message>
    <message>
      <source>The reader is loading</source>
      <translation>El lector se está cargando</translation>
    </message>
    <message>
      <source>The speaker was lost</source>
      <translation>Se perdió el altavoz</translation>
    </message>
    <message>
      <source>The speech engine failed</source>
      <translation>Falló el motor de voz</translation>
    </message>
    <message>
      <source>Voice</source>
      <translation>Voz</translation>
    </message>
    <message>
      <source>Waiting for the first picture</source>
      <translation>Esperando la primera imagen</translation>
    </message>
    <message>
      <source>loaded</source>
      <translation>cargado</translation>
    </message>
  </context>
  <context>
    <name>drills</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>'Differs' was answered where the vehicle is as the entry says.</source>
      <translation>Se respondió «difiere» cuando el vehículo es como dice la entrada.</translation>
    </message>
    <message>
      <source>'Match' was answered where the vehicle differs from the entry.</source>
      <translation>Se respondió «coincide» cuando el vehículo difiere de la entrada.</translation>
    </message>
    <message>
      <source>3 read as 7</source>
      <translation>Un 3 leído como 7</translation>
    </message>
    <message>
      <source>A car without a link: the check is asked by radio</source>
      <translation>Una patrulla sin enlace: la consulta se hace por radio</translation>
    </message>
    <message>
      <source>A child's life is at stake and there is no time for the steps. The facts go on record in the officer's own words, and the steps follow the stop.</source>
      <translation>Está en juego la vida de un menor y no hay tiempo para los pasos. Los hechos se registran con las palabras del oficial, y los pasos siguen a la parada.</translation>
    </message>
    <message>
      <source>A covert list that alerted patrol</source>
      <translation>Una lista reservada que alertó a las patrullas</translation>
    </message>
    <message>
      <source>A listed plate hangs on another car. Plate and state agree; make, model and color do not.</source>
      <translation>Una placa de la lista va en otro vehículo. Placa y estado coinciden; marca, modelo y color no.</translation>
    </message>
    <message>
      <source>A neighbouring agency leaves recoveries listed for months</source>
      <translation>Una agencia vecina deja meses en la lista lo ya recuperado</translation>
    </message>
    <message>
      <source>A plate was confirmed that could not be seen.</source>
      <translation>Se confirmó una placa que no se podía ver.</translation>
    </message>
    <message>
      <source>A purpose was named that the policy prohibits.</source>
      <translation>Se indicó un propósito que la política prohíbe.</translation>
    </message>
    <message>
      <source>A rented car was reported stolen, found weeks ago, and given back. The extract in the car still has it; the live record does not.</source>
      <translation>Un auto de alquiler fue denunciado como robado, hallado hace semanas y devuelto. El extracto de la patrulla aún lo tiene; el registro en vivo no.</translation>
    </message>
    <message>
      <source>A stolen plate and, seconds later, a wanted person. The more urgent one is worked first; the other is not forgotten.</source>
      <translation>Una placa robada y, segundos después, una persona buscada. Primero se atiende lo más urgente; lo otro no se olvida.</translation>
    </message>
    <message>
      <source>A stop was asked for after a 'no' was on record.</source>
      <translation>Se pidió una parada cuando ya constaba un «no».</translation>
    </message>
    <message>
      <source>A stop was asked for while steps were missing.</source>
      <translation>Se pidió una parada cuando faltaban pasos.</translation>
    </message>
    <message>
      <source>A stop was made where there is no basis for one.</source>
      <translation>Se hizo una parada sin fundamento.</translation>
    </message>
    <message>
      <source>A truck pulls in between right after the read. Nobody can compare now: follow, and end it as not verified if it stays so.</source>
      <translation>Un camión se interpone justo después de la lectura. Ahora nadie puede comparar: siga al vehículo y, si no cambia, termínelo como no verificado.</translation>
    </message>
    <message>
      <source>Alert: %1, %2 %3; read as %4</source>
      <translation>Alerta: %1, %2 %3; leída como %4</translation>
    </message>
    <message>
      <source>An alert came that must not come for this person.</source>
      <translation>Llegó una alerta que no debe llegar a esta persona.</translation>
    </message>
    <message>
      <source>An entry is for one investigator alone. It must not alert anybody else: nothing appears, and there is nothing to answer. A second car is an ordinary hit.</source>
      <translation>Una entrada es para un solo investigador. No debe alertar a nadie más: no aparece nada y no hay nada que responder. Un segundo vehículo es una coincidencia ordinaria.</translation>
    </message>
    <message>
      <source>Another answer was put on record than dispatch gave.</source>
      <translation>Se registró una respuesta distinta de la que dio el despacho.</translation>
    </message>
    <message>
      <source>Another outcome of the stop was recorded than the right one.</source>
      <translation>Se registró un resultado de la parada distinto del correcto.</translation>
    </message>
    <message>
      <source>Another state was given than the plate's.</source>
      <translation>Se indicó un estado distinto del de la placa.</translation>
    </message>
    <message>
      <source>Another way than the steps was taken where none was needed.</source>
      <translation>Se tomó otra vía en lugar de los pasos sin que hiciera falta.</translation>
    </message>
    <message>
      <source>Another way, %1: %2</source>
      <translation>Otra vía, %1: %2</translation>
    </message>
    <message>
      <source>Answer: %1, from %2 (%3)</source>
      <translation>Respuesta: %1, de %2 (%3)</translation>
    </message>
    <message>
      <source>Aurora 2020 (Gilliam): the entry was a motorcycle's</source>
      <translation>Aurora 2020 (Gilliam): la entrada era de una motocicleta</translation>
    </message>
    <message>
      <source>Aurora 2020: a motorcycle's entry, a family's car with the same number</source>
      <translation>Aurora 2020: la entrada de una motocicleta, el auto de una familia con el mismo número</translation>
    </message>
    <message>
      <source>Blurred picture</source>
      <translation>Imagen borrosa</translation>
    </message>
    <message>
      <source>Camera back</source>
      <translation>Cámara de vuelta</translation>
    </message>
    <message>
      <source>Camera out</source>
      <translation>Cámara fuera</translation>
    </message>
    <message>
      <source>Clause</source>
      <translation>Cláusula</translation>
    </message>
    <message>
      <source>Colorado 2026: warrants entered with O and with 0</source>
      <translation>Colorado 2026: órdenes anotadas con O y con 0</translation>
    </message>
    <message>
      <source>Condition and status of the equipment</source>
      <translation>Condición y situación del equipo</translation>
    </message>
    <message>
      <source>Covert entry</source>
      <translation>Entrada reservada</translation>
    </message>
    <message>
      <source>Dispatch was not asked by radio.</source>
      <translation>No se preguntó al despacho por radio.</translation>
    </message>
    <message>
      <source>Downloading, reading and updating hot lists</source>
      <translation>Descargar, leer y actualizar las listas de alerta</translation>
    </message>
    <message>
      <source>Exigent circumstances</source>
      <translation>Circunstancias apremiantes</translation>
    </message>
    <message>
      <source>Following</source>
      <translation>Se sigue al vehículo</translation>
    </message>
    <message>
      <source>Green v. San Francisco: 5SOW350 was read as 5SOW750</source>
      <translation>Green v. San Francisco: 5SOW350 se leyó como 5SOW750</translation>
    </message>
    <message>
      <source>Green v. San Francisco: a blurred photo was taken for a confirmation</source>
      <translation>Green v. San Francisco: una foto borrosa se tomó por confirmación</translation>
    </message>
    <message>
      <source>Hofer, Hertz: recovered cars that stayed on the list</source>
      <translation>Hofer, Hertz: autos recuperados que siguieron en la lista</translation>
    </message>
    <message>
      <source>Jackson Township: a wrong category on an entry</source>
      <translation>Jackson Township: una categoría equivocada en una entrada</translation>
    </message>
    <message>
      <source>Kansas (Molner): traffic prevented comparing</source>
      <translation>Kansas (Molner): el tránsito impidió comparar</translation>
    </message>
    <message>
      <source>Kept as %1, with headquarters' proof beside it.</source>
      <translation>Guardado como %1, con la prueba de la central al lado.</translation>
    </message>
    <message>
      <source>Kept as %1.</source>
      <translation>Guardado como %1.</translation>
    </message>
    <message>
      <source>Left undone</source>
      <translation>Sin hacer</translation>
    </message>
    <message>
      <source>Link back</source>
      <translation>Enlace de vuelta</translation>
    </message>
    <message>
      <source>Link lost in mid check</source>
      <translation>Enlace perdido a media consulta</translation>
    </message>
    <message>
      <source>Link out</source>
      <translation>Enlace fuera</translation>
    </message>
    <message>
      <source>Lists write the letter O as a zero, so two plates look the same to every list. The vehicle tells them apart.</source>
      <translation>Las listas escriben la letra O como cero, así que dos placas son iguales para toda lista. El vehículo las distingue.</translation>
    </message>
    <message>
      <source>Made good after the stop: %1</source>
      <translation>Cumplido después de la parada: %1</translation>
    </message>
    <message>
      <source>Mark</source>
      <translation>Nota</translation>
    </message>
    <message>
      <source>Motorcycle against minivan</source>
      <translation>Motocicleta contra minivan</translation>
    </message>
    <message>
      <source>No alert: %1</source>
      <translation>Sin alerta: %1</translation>
    </message>
    <message>
      <source>No stop was made of a hit that is verified.</source>
      <translation>No se hizo parada con una coincidencia verificada.</translation>
    </message>
    <message>
      <source>No stop: %1</source>
      <translation>Sin parada: %1</translation>
    </message>
    <message>
      <source>O and 0</source>
      <translation>O y 0</translation>
    </message>
    <message>
      <source>On the training record of %1.</source>
      <translation>En el registro de capacitación de %1.</translation>
    </message>
    <message>
      <source>On the training record of %1: %2.</source>
      <translation>En el registro de capacitación de %1: %2.</translation>
    </message>
    <message>
      <source>Other characters were typed than the vehicle has.</source>
      <translation>Se escribieron caracteres distintos de los del vehículo.</translation>
    </message>
    <message>
      <source>Outcome: %1</source>
      <translation>Resultado: %1</translation>
    </message>
    <message>
      <source>POSTC E.a.1, I.2: civil immigration matters</source>
      <translation>POSTC E.a.1, I.2: asuntos civiles de inmigración</translation>
    </message>
    <message>
      <source>Penalties for misuse</source>
      <translation>Sanciones por mal uso</translation>
    </message>
    <message>
      <source>Plate and state agree, but the entry is a motorcycle's and a van is ahead. What kind of vehicle it is has a question of its own.</source>
      <translation>Placa y estado coinciden, pero la entrada es de una motocicleta y delante va una furgoneta. El tipo de vehículo tiene su propia pregunta.</translation>
    </message>
    <message>
      <source>Privacy and civil liberties</source>
      <translation>Privacidad y libertades civiles</translation>
    </message>
    <message>
      <source>Prohibited purpose</source>
      <translation>Propósito prohibido</translation>
    </message>
    <message>
      <source>Prohibited uses</source>
      <translation>Usos prohibidos</translation>
    </message>
    <message>
      <source>Purpose refused: %1</source>
      <translation>Propósito rechazado: %1</translation>
    </message>
    <message>
      <source>Read: %1 %2</source>
      <translation>Lectura: %1 %2</translation>
    </message>
    <message>
      <source>Records check asked</source>
      <translation>Consulta de registros pedida</translation>
    </message>
    <message>
      <source>Recovered, and still listed</source>
      <translation>Recuperado y aún en la lista</translation>
    </message>
    <message>
      <source>Reports, and how long data is kept</source>
      <translation>Informes, y cuánto se conservan los datos</translation>
    </message>
    <message>
      <source>Same number, other state</source>
      <translation>Mismo número, otro estado</translation>
    </message>
    <message>
      <source>Sharing data outside of the state</source>
      <translation>Compartir datos fuera del estado</translation>
    </message>
    <message>
      <source>Signing in, and who may see what</source>
      <translation>Iniciar sesión, y quién puede ver qué</translation>
    </message>
    <message>
      <source>Silence was taken for an empty road</source>
      <translation>El silencio se tomó por una vía vacía</translation>
    </message>
    <message>
      <source>Stale list</source>
      <translation>Lista vieja</translation>
    </message>
    <message>
      <source>Steps that had to follow the stop were left.</source>
      <translation>No se hicieron pasos que debían seguir a la parada.</translation>
    </message>
    <message>
      <source>Stop recorded, to %1</source>
      <translation>Parada registrada, para %1</translation>
    </message>
    <message>
      <source>Stop refused; missing: %1</source>
      <translation>Parada rechazada; falta: %1</translation>
    </message>
    <message>
      <source>Swapped plate</source>
      <translation>Placa cambiada</translation>
    </message>
    <message>
      <source>The Administrator's role, and changes of system or law</source>
      <translation>La función del Administrador, y los cambios del sistema o de la ley</translation>
    </message>
    <message>
      <source>The alert stands on the screen</source>
      <translation>La alerta está en la pantalla</translation>
    </message>
    <message>
      <source>The alert that the drill is about never came.</source>
      <translation>La alerta de la que trata el ejercicio nunca llegó.</translation>
    </message>
    <message>
      <source>The camera fails in the middle of the shift and comes back. A hit that came before is still to be answered; silence is not 'no hits'.</source>
      <translation>La cámara falla a mitad del turno y vuelve. Una coincidencia anterior sigue sin responder; el silencio no es «sin coincidencias».</translation>
    </message>
    <message>
      <source>The clauses' own case: the plate was moved to another car</source>
      <translation>El caso de las propias cláusulas: la placa se pasó a otro vehículo</translation>
    </message>
    <message>
      <source>The dispatcher says no</source>
      <translation>El despacho dice que no</translation>
    </message>
    <message>
      <source>The electronic answer does not come. By radio the dispatcher says that there is no such record. That is an answer, and it ends the hit.</source>
      <translation>La respuesta electrónica no llega. Por radio el despacho dice que no hay tal registro. Eso es una respuesta, y cierra la coincidencia.</translation>
    </message>
    <message>
      <source>The entering agency is asked</source>
      <translation>Se pregunta a la agencia de la entrada</translation>
    </message>
    <message>
      <source>The entering agency: %1</source>
      <translation>La agencia de la entrada: %1</translation>
    </message>
    <message>
      <source>The entry's owner is told: %1</source>
      <translation>Se avisa al titular de la entrada: %1</translation>
    </message>
    <message>
      <source>The entry's owner was not told.</source>
      <translation>No se avisó al titular de la entrada.</translation>
    </message>
    <message>
      <source>The extract is two days old; the status bar and the alert say so. The live record has no such entry any more.</source>
      <translation>El extracto tiene dos días; la barra de estado y la alerta lo dicen. El registro en vivo ya no tiene esa entrada.</translation>
    </message>
    <message>
      <source>The hit was answered too late.</source>
      <translation>La coincidencia se respondió demasiado tarde.</translation>
    </message>
    <message>
      <source>The hit was ended for another reason than the right one.</source>
      <translation>La coincidencia se cerró por un motivo distinto del correcto.</translation>
    </message>
    <message>
      <source>The hit was never answered.</source>
      <translation>La coincidencia nunca se respondió.</translation>
    </message>
    <message>
      <source>The less urgent hit was worked first.</source>
      <translation>Se atendió primero la coincidencia menos urgente.</translation>
    </message>
    <message>
      <source>The link goes while the question is under way. Silence is no answer; dispatch can be asked by voice.</source>
      <translation>El enlace se pierde mientras la pregunta está en curso. El silencio no es respuesta; se puede preguntar al despacho de viva voz.</translation>
    </message>
    <message>
      <source>The list has an immigration violator. No stop follows from that list, and naming it as the purpose is refused and on record.</source>
      <translation>La lista tiene a un infractor de inmigración. De esa lista no sale ninguna parada, y darla como propósito se rechaza y se registra.</translation>
    </message>
    <message>
      <source>The list says felony vehicle. Dispatch knows the record: it is about something else, and nothing that a stop could rest on. The answer is noted as given.</source>
      <translation>La lista dice vehículo de delito grave. El despacho conoce el registro: trata de otra cosa, y no de algo en que se funde una parada. La respuesta se anota tal como se dio.</translation>
    </message>
    <message>
      <source>The plate is a smear; the reader is surer than the eye. What cannot be read is not confirmed: follow, until it can be.</source>
      <translation>La placa es una mancha; el lector está más seguro que el ojo. Lo que no se puede leer no se confirma: siga al vehículo hasta que se pueda.</translation>
    </message>
    <message>
      <source>The policy's own case: exigent circumstances</source>
      <translation>El caso de la propia política: circunstancias apremiantes</translation>
    </message>
    <message>
      <source>The reader names no state. The number is listed in New Jersey; the car ahead carries it on a New York plate.</source>
      <translation>El lector no indica estado. El número está en la lista por New Jersey; el auto de delante lo lleva en una placa de New York.</translation>
    </message>
    <message>
      <source>The reader takes a 3 for a 7, and another car's plate is on the list. The picture is good enough to see it.</source>
      <translation>El lector toma un 3 por un 7, y la placa de otro auto está en la lista. La imagen basta para verlo.</translation>
    </message>
    <message>
      <source>The reader's or the list's characters were typed, not the vehicle's.</source>
      <translation>Se escribieron los caracteres del lector o de la lista, no los del vehículo.</translation>
    </message>
    <message>
      <source>The stop's basis fell: %1</source>
      <translation>Cayó el fundamento de la parada: %1</translation>
    </message>
    <message>
      <source>This product: screens and hardware</source>
      <translation>Este producto: pantallas y equipo</translation>
    </message>
    <message>
      <source>Toledo (Upchurch): the dispatcher said no match, and the officer went on</source>
      <translation>Toledo (Upchurch): el despacho dijo que no coincidía, y el oficial siguió</translation>
    </message>
    <message>
      <source>Traffic hides the plate</source>
      <translation>El tránsito tapa la placa</translation>
    </message>
    <message>
      <source>Trainer: %1</source>
      <translation>Instructor: %1</translation>
    </message>
    <message>
      <source>Two alerts at one time: the less urgent one hid the other</source>
      <translation>Dos alertas a la vez: la menos urgente tapó la otra</translation>
    </message>
    <message>
      <source>Two hits at once</source>
      <translation>Dos coincidencias a la vez</translation>
    </message>
    <message>
      <source>Typed as seen: %1 %2</source>
      <translation>Escrita como se ve: %1 %2</translation>
    </message>
    <message>
      <source>Vehicle, %1: %2</source>
      <translation>Vehículo, %1: %2</translation>
    </message>
    <message>
      <source>Verifying a hit by eye and with its source</source>
      <translation>Verificar una coincidencia a la vista y con su fuente</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>What was typed is taken back</source>
      <translation>Se retira lo que se escribió</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Por qué</translation>
    </message>
    <message>
      <source>Wrong category</source>
      <translation>Categoría equivocada</translation>
    </message>
    <message>
      <source>active</source>
      <translation>vigente</translation>
    </message>
    <message>
      <source>arrest</source>
      <translation>arresto</translation>
    </message>
    <message>
      <source>cant see</source>
      <translation>no se ve</translation>
    </message>
    <message>
      <source>citation</source>
      <translation>multa</translation>
    </message>
    <message>
      <source>clear</source>
      <translation>despejado</translation>
    </message>
    <message>
      <source>color</source>
      <translation>el color</translation>
    </message>
    <message>
      <source>confirmed</source>
      <translation>confirmada</translation>
    </message>
    <message>
      <source>could not verify</source>
      <translation>no se pudo verificar</translation>
    </message>
    <message>
      <source>day</source>
      <translation>día</translation>
    </message>
    <message>
      <source>differs</source>
      <translation>difiere</translation>
    </message>
    <message>
      <source>dusk</source>
      <translation>anochecer</translation>
    </message>
    <message>
      <source>entry listed</source>
      <translation>entrada en la lista</translation>
    </message>
    <message>
      <source>exact match</source>
      <translation>coincidencia exacta</translation>
    </message>
    <message>
      <source>exigent</source>
      <translation>circunstancias apremiantes</translation>
    </message>
    <message>
      <source>follow</source>
      <translation>seguir al vehículo</translation>
    </message>
    <message>
      <source>garbled</source>
      <translation>ilegible</translation>
    </message>
    <message>
      <source>hit open</source>
      <translation>coincidencia abierta</translation>
    </message>
    <message>
      <source>in process</source>
      <translation>en trámite</translation>
    </message>
    <message>
      <source>independent suspicion</source>
      <translation>sospecha independiente</translation>
    </message>
    <message>
      <source>located</source>
      <translation>localizado</translation>
    </message>
    <message>
      <source>make</source>
      <translation>la marca</translation>
    </message>
    <message>
      <source>malformed</source>
      <translation>no se entendió</translation>
    </message>
    <message>
      <source>match</source>
      <translation>coincide</translation>
    </message>
    <message>
      <source>misread</source>
      <translation>mal leída</translation>
    </message>
    <message>
      <source>model</source>
      <translation>el modelo</translation>
    </message>
    <message>
      <source>night</source>
      <translation>noche</translation>
    </message>
    <message>
      <source>no alert</source>
      <translation>sin alerta</translation>
    </message>
    <message>
      <source>no record</source>
      <translation>sin registro</translation>
    </message>
    <message>
      <source>no response</source>
      <translation>sin respuesta</translation>
    </message>
    <message>
      <source>no stop</source>
      <translation>sin parada</translation>
    </message>
    <message>
      <source>none</source>
      <translation>ninguno</translation>
    </message>
    <message>
      <source>not begun</source>
      <translation>sin empezar</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>no se sabe</translation>
    </message>
    <message>
      <source>not valid</source>
      <translation>no válida</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>officer decision</source>
      <translation>decisión del oficial</translation>
    </message>
    <message>
      <source>other record</source>
      <translation>otro registro</translation>
    </message>
    <message>
      <source>other vehicle</source>
      <translation>otro vehículo</translation>
    </message>
    <message>
      <source>plate confirmed</source>
      <translation>placa confirmada</translation>
    </message>
    <message>
      <source>purpose named</source>
      <translation>propósito indicado</translation>
    </message>
    <message>
      <source>radio</source>
      <translation>la radio</translation>
    </message>
    <message>
      <source>rain</source>
      <translation>lluvia</translation>
    </message>
    <message>
      <source>recovered</source>
      <translation>recuperado</translation>
    </message>
    <message>
      <source>released</source>
      <translation>puesto en libertad</translation>
    </message>
    <message>
      <source>silence</source>
      <translation>silencio</translation>
    </message>
    <message>
      <source>stale entry</source>
      <translation>entrada caducada</translation>
    </message>
    <message>
      <source>status verified</source>
      <translation>vigencia verificada</translation>
    </message>
    <message>
      <source>status when practicable</source>
      <translation>vigencia cuando sea posible</translation>
    </message>
    <message>
      <source>stop</source>
      <translation>parada</translation>
    </message>
    <message>
      <source>style</source>
      <translation>la carrocería</translation>
    </message>
    <message>
      <source>vehicle confirmed</source>
      <translation>vehículo confirmado</translation>
    </message>
    <message>
      <source>wrong state</source>
      <translation>otro estado</translation>
    </message>
    <message>
      <source>■ begun</source>
      <translation>■ empezada</translation>
    </message>
    <message>
      <source>▲ complete: to be signed</source>
      <translation>▲ completa: por firmar</translation>
    </message>
    <message>
      <source>✓ on training record</source>
      <translation>✓ registrada</translation>
    </message>
    <message>
      <source>✓ right</source>
      <translation>✓ bien</translation>
    </message>
    <message>
      <source>✗ wrong</source>
      <translation>✗ mal</translation>
    </message>
  </context>
  <context>
    <name>elsewhere</name>
    <message>
      <source>%1, %2 ago</source>
      <translation>%1, hace %2</translation>
    </message>
    <message>
      <source>place unknown</source>
      <translation>lugar desconocido</translation>
    </message>
    <message>
      <source>◆ Exigent stops of other cars: %1</source>
      <translation>◆ Paradas apremiantes de otras patrullas: %1</translation>
    </message>
  </context>
  <context>
    <name>equipment</name>
    <message>
      <source>checked %1 by %2</source>
      <translation>probado %1 por %2</translation>
    </message>
    <message>
      <source>■ check is due</source>
      <translation>■ prueba pendiente</translation>
    </message>
    <message>
      <source>■ no check on record</source>
      <translation>■ sin prueba registrada</translation>
    </message>
    <message>
      <source>▲ OUT OF SERVICE</source>
      <translation>▲ FUERA DE SERVICIO</translation>
    </message>
    <message>
      <source>○ not looked at yet</source>
      <translation>○ aún sin mirar</translation>
    </message>
    <message>
      <source>● in service</source>
      <translation>● en servicio</translation>
    </message>
  </context>
  <context>
    <name>faults</name>
    <message>
      <source>%1 % are here</source>
      <translation>%1 % recibido</translation>
    </message>
    <message>
      <source>Close the program, and call IT.</source>
      <translation>Cierre el programa y llame a soporte técnico.</translation>
    </message>
    <message>
      <source>Crashed, started again</source>
      <translation>Falló y se reinició</translation>
    </message>
    <message>
      <source>Headquarters has wiped this car.</source>
      <translation>La central borró esta patrulla.</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Clave</translation>
    </message>
    <message>
      <source>New policy</source>
      <translation>Política nueva</translation>
    </message>
    <message>
      <source>New release</source>
      <translation>Nueva versión</translation>
    </message>
    <message>
      <source>No store for reads is set. They wait in the car.</source>
      <translation>No hay almacén de lecturas. Esperan en el vehículo.</translation>
    </message>
    <message>
      <source>Release refused</source>
      <translation>Versión rechazada</translation>
    </message>
    <message>
      <source>Sync, then call IT: what is on record stays.</source>
      <translation>Sincronice y llame a soporte técnico: lo registrado se conserva.</translation>
    </message>
    <message>
      <source>Tell the Administrator: reads_store is missing in car.toml.</source>
      <translation>Avise al administrador: falta reads_store en car.toml.</translation>
    </message>
    <message>
      <source>Tell the Administrator; headquarters has a witness.</source>
      <translation>Avise al Administrador; la central tiene un testigo.</translation>
    </message>
    <message>
      <source>The disk is full. The reserve is in use.</source>
      <translation>El disco está lleno. La reserva está en uso.</translation>
    </message>
    <message>
      <source>The record can't be written. The gate stays shut.</source>
      <translation>No se puede escribir el registro. La parada sigue cerrada.</translation>
    </message>
    <message>
      <source>The search failed.</source>
      <translation>Falló la búsqueda.</translation>
    </message>
    <message>
      <source>The vendor's store can't be reached. Reads wait in the car.</source>
      <translation>No se alcanza el almacén del proveedor. Las lecturas esperan en el vehículo.</translation>
    </message>
    <message>
      <source>They are sent by themselves.</source>
      <translation>Se envían solas.</translation>
    </message>
    <message>
      <source>Try again, and report it.</source>
      <translation>Intente de nuevo e infórmelo.</translation>
    </message>
    <message>
      <source>Work by radio, and report the fault.</source>
      <translation>Trabaje por radio e informe la falla.</translation>
    </message>
    <message>
      <source>at next sign-in</source>
      <translation>al iniciar sesión</translation>
    </message>
    <message>
      <source>at next start</source>
      <translation>al reiniciar</translation>
    </message>
    <message>
      <source>clean it, and check it</source>
      <translation>límpiela y pruébela</translation>
    </message>
    <message>
      <source>in a file</source>
      <translation>en un archivo</translation>
    </message>
    <message>
      <source>tell IT</source>
      <translation>avise a soporte técnico</translation>
    </message>
  </context>
  <context>
    <name>findings</name>
    <message>
      <source>%1 dB above the quiet, at least %2</source>
      <translation>%1 dB sobre el silencio, mínimo %2</translation>
    </message>
    <message>
      <source>%1 not read at %2 m</source>
      <translation>%1 no leída a %2 m</translation>
    </message>
    <message>
      <source>%1 read at %2 m</source>
      <translation>%1 leída a %2 m</translation>
    </message>
    <message>
      <source>%1 read at %2 m, %3</source>
      <translation>%1 leída a %2 m, %3</translation>
    </message>
    <message>
      <source>No picture came within 5 s.</source>
      <translation>No llegó ninguna imagen en 5 s.</translation>
    </message>
    <message>
      <source>The picture can't be measured.</source>
      <translation>No se puede medir la imagen.</translation>
    </message>
    <message>
      <source>blur %1, at most %2</source>
      <translation>borrosidad %1, máximo %2</translation>
    </message>
    <message>
      <source>burnt out %1, at most %2; spans %3 levels, at least %4</source>
      <translation>quemado %1, máximo %2; abarca %3 niveles, mínimo %4</translation>
    </message>
    <message>
      <source>down</source>
      <translation>abajo</translation>
    </message>
    <message>
      <source>heard by the officer</source>
      <translation>lo oyó el oficial</translation>
    </message>
    <message>
      <source>it is light: mean level %1</source>
      <translation>hay luz: nivel medio %1</translation>
    </message>
    <message>
      <source>left</source>
      <translation>izquierda</translation>
    </message>
    <message>
      <source>lit %1 levels above the dark, at least %2; noise %3</source>
      <translation>iluminada %1 niveles sobre lo oscuro, mínimo %2; ruido %3</translation>
    </message>
    <message>
      <source>no reference picture: align the camera, then keep one</source>
      <translation>sin imagen de referencia: alinee la cámara y guarde una</translation>
    </message>
    <message>
      <source>not heard by the officer</source>
      <translation>no lo oyó el oficial</translation>
    </message>
    <message>
      <source>right</source>
      <translation>derecha</translation>
    </message>
    <message>
      <source>shifted %1 degrees %2, %3 %4, at most %5; tilted %6, at most %7</source>
      <translation>desviada %1 grados a la %2, %3 hacia %4, máximo %5; inclinada %6, máximo %7</translation>
    </message>
    <message>
      <source>the view is not the reference's</source>
      <translation>la vista no es la de referencia</translation>
    </message>
    <message>
      <source>the view is not the reference's: park where that was taken, and look again</source>
      <translation>la vista no es la de referencia: estaciónese donde se tomó y mire otra vez</translation>
    </message>
    <message>
      <source>this view is the new reference: the next check compares with it</source>
      <translation>esta vista es la nueva referencia: la próxima prueba se compara con ella</translation>
    </message>
    <message>
      <source>up</source>
      <translation>arriba</translation>
    </message>
    <message>
      <source>without structure %1, at most %2</source>
      <translation>sin detalle %1, máximo %2</translation>
    </message>
  </context>
  <context>
    <name>gate</name>
    <message>
      <source>A new read of the vehicle opens a new hit.</source>
      <translation>Otra lectura del vehículo abre otra coincidencia.</translation>
    </message>
    <message>
      <source>A new read opens a new hit.</source>
      <translation>Otra lectura abre otra coincidencia.</translation>
    </message>
    <message>
      <source>A new read opens a new hit; ask the entry's owner.</source>
      <translation>Otra lectura abre otra; pregunte al dueño de la entrada.</translation>
    </message>
    <message>
      <source>Answer each; at least one has to match.</source>
      <translation>Conteste cada uno; al menos uno debe coincidir.</translation>
    </message>
    <message>
      <source>Ask a supervisor.</source>
      <translation>Pregunte a un supervisor.</translation>
    </message>
    <message>
      <source>Ask another supervisor.</source>
      <translation>Pregunte a otro supervisor.</translation>
    </message>
    <message>
      <source>Ask for the whole plate.</source>
      <translation>Pida la placa completa.</translation>
    </message>
    <message>
      <source>Ask the entry's owner, then dispatch.</source>
      <translation>Pregunte al dueño de la entrada, luego a despacho.</translation>
    </message>
    <message>
      <source>Ask the entry's owner.</source>
      <translation>Pregunte al dueño de la entrada.</translation>
    </message>
    <message>
      <source>CJIS/NCIC has not verified the plate.</source>
      <translation>CJIS/NCIC no ha verificado la placa.</translation>
    </message>
    <message>
      <source>Check it first.</source>
      <translation>Verifíquela primero.</translation>
    </message>
    <message>
      <source>Choose the issuing state that you see.</source>
      <translation>Elija el estado emisor que ve.</translation>
    </message>
    <message>
      <source>Choose the purpose of the stop.</source>
      <translation>Elija el propósito de la parada.</translation>
    </message>
    <message>
      <source>Choose the purpose.</source>
      <translation>Elija el propósito.</translation>
    </message>
    <message>
      <source>Expiration missing.</source>
      <translation>Falta el vencimiento.</translation>
    </message>
    <message>
      <source>Facts missing: %1.</source>
      <translation>Faltan los hechos: %1.</translation>
    </message>
    <message>
      <source>Fill it in.</source>
      <translation>Llénelo.</translation>
    </message>
    <message>
      <source>Follow, and ask dispatch.</source>
      <translation>Siga al vehículo y pregunte a despacho.</translation>
    </message>
    <message>
      <source>Have the camera checked.</source>
      <translation>Haga revisar la cámara.</translation>
    </message>
    <message>
      <source>It opens in training alone.</source>
      <translation>Abre solo en entrenamiento.</translation>
    </message>
    <message>
      <source>Look at it again.</source>
      <translation>Mírelo de nuevo.</translation>
    </message>
    <message>
      <source>Look for the plate, and ask.</source>
      <translation>Busque la placa y pregunte.</translation>
    </message>
    <message>
      <source>No exception.</source>
      <translation>Sin excepción.</translation>
    </message>
    <message>
      <source>No permitted purpose named.</source>
      <translation>No se dijo un propósito permitido.</translation>
    </message>
    <message>
      <source>No stop without an active record.</source>
      <translation>No hay parada sin una entrada vigente.</translation>
    </message>
    <message>
      <source>Nobody approves what they asked for themselves.</source>
      <translation>Nadie aprueba lo que pidió.</translation>
    </message>
    <message>
      <source>Not confirmed that the hit is active.</source>
      <translation>No se confirmó que siga vigente.</translation>
    </message>
    <message>
      <source>Not permitted: %1.</source>
      <translation>No permitido: %1.</translation>
    </message>
    <message>
      <source>Offense type missing.</source>
      <translation>Falta el tipo de delito.</translation>
    </message>
    <message>
      <source>Officer's name missing.</source>
      <translation>Falta el nombre del oficial.</translation>
    </message>
    <message>
      <source>Only a designated supervisor decides.</source>
      <translation>Solo decide un supervisor designado.</translation>
    </message>
    <message>
      <source>Only a read of the very characters opens.</source>
      <translation>Solo abre una lectura de los mismos caracteres.</translation>
    </message>
    <message>
      <source>Only a read of the whole plate opens.</source>
      <translation>Solo abre una lectura de la placa completa.</translation>
    </message>
    <message>
      <source>Plate not confirmed.</source>
      <translation>Placa sin confirmar.</translation>
    </message>
    <message>
      <source>Reasonable suspicion missing.</source>
      <translation>Falta la sospecha razonable.</translation>
    </message>
    <message>
      <source>Refused, unless cited: %1.</source>
      <translation>Rechazado, salvo que se invoque: %1.</translation>
    </message>
    <message>
      <source>Say it in three words or more.</source>
      <translation>Dígalo en tres palabras o más.</translation>
    </message>
    <message>
      <source>Say the facts in your own words.</source>
      <translation>Diga los hechos con sus palabras.</translation>
    </message>
    <message>
      <source>Set a later one.</source>
      <translation>Ponga una fecha posterior.</translation>
    </message>
    <message>
      <source>Set its end.</source>
      <translation>Ponga su fin.</translation>
    </message>
    <message>
      <source>State it in your own words.</source>
      <translation>Expóngala en sus propias palabras.</translation>
    </message>
    <message>
      <source>State not confirmed.</source>
      <translation>Estado sin confirmar.</translation>
    </message>
    <message>
      <source>Status not verified.</source>
      <translation>Vigencia sin verificar.</translation>
    </message>
    <message>
      <source>The entry has changed, expired or left its list.</source>
      <translation>La entrada cambió, venció o salió de su lista.</translation>
    </message>
    <message>
      <source>The entry names no issuing state.</source>
      <translation>La entrada no dice el estado emisor.</translation>
    </message>
    <message>
      <source>The expiration is past.</source>
      <translation>El vencimiento ya pasó.</translation>
    </message>
    <message>
      <source>The hit is closed.</source>
      <translation>La coincidencia está cerrada.</translation>
    </message>
    <message>
      <source>The reason is missing.</source>
      <translation>Falta el motivo.</translation>
    </message>
    <message>
      <source>This kind of hit cannot open a stop.</source>
      <translation>Este tipo no puede abrir una parada.</translation>
    </message>
    <message>
      <source>This kind of match can't open a stop.</source>
      <translation>Este tipo no puede abrir una parada.</translation>
    </message>
    <message>
      <source>Type what you see on the vehicle.</source>
      <translation>Escriba lo que ve en el vehículo.</translation>
    </message>
    <message>
      <source>Vehicle description missing.</source>
      <translation>Falta la descripción del vehículo.</translation>
    </message>
    <message>
      <source>Vehicle not compared.</source>
      <translation>Vehículo sin comparar.</translation>
    </message>
    <message>
      <source>Wait for NCIC, or ask dispatch.</source>
      <translation>Espere al NCIC o pregunte a despacho.</translation>
    </message>
  </context>
  <context>
    <name>gate_view</name>
    <message>
      <source>%1 still owed</source>
      <translation>aún pendiente: %1</translation>
    </message>
    <message>
      <source>%1: the stop's basis fell. End it, and tell a supervisor.</source>
      <translation>%1: la parada perdió su fundamento. Termínela y avise a un supervisor.</translation>
    </message>
    <message>
      <source>BASIS FELL</source>
      <translation>SIN FUNDAMENTO</translation>
    </message>
    <message>
      <source>NEVER A STOP</source>
      <translation>NUNCA PARAR</translation>
    </message>
    <message>
      <source>Open by %1.</source>
      <translation>Abierta por %1.</translation>
    </message>
    <message>
      <source>Owed after: %1.</source>
      <translation>Pendiente después: %1.</translation>
    </message>
    <message>
      <source>STOP: refused</source>
      <translation>PARADA: rechazada</translation>
    </message>
    <message>
      <source>STOP: shut</source>
      <translation>PARADA: cerrada</translation>
    </message>
    <message>
      <source>Stop %1</source>
      <translation>Parada %1</translation>
    </message>
    <message>
      <source>The outcome still is.</source>
      <translation>El resultado sí.</translation>
    </message>
    <message>
      <source>The stop went by %1.</source>
      <translation>La parada se hizo por %1.</translation>
    </message>
    <message>
      <source>■ Owed: %1.</source>
      <translation>■ Pendiente: %1.</translation>
    </message>
    <message>
      <source>■ Refused at %1, on record: %2</source>
      <translation>■ Rechazada a las %1, registrado: %2</translation>
    </message>
    <message>
      <source>● %1, on record %2</source>
      <translation>● %1, registrado %2</translation>
    </message>
    <message>
      <source>✓ No step is owed any more.</source>
      <translation>✓ Ya no hay pasos pendientes.</translation>
    </message>
    <message>
      <source>✓ STOP: open</source>
      <translation>✓ PARADA: abierta</translation>
    </message>
    <message>
      <source>✓ Stop %1</source>
      <translation>✓ Parada %1</translation>
    </message>
    <message>
      <source>✓ The stop may be recorded. All that the policy asks before it is on record.</source>
      <translation>✓ La parada puede registrarse. Todo lo que la política pide antes está registrado.</translation>
    </message>
  </context>
  <context>
    <name>keys</name>
    <message>
      <source>Plug in your security key …</source>
      <translation>Conecte su llave de seguridad …</translation>
    </message>
    <message>
      <source>The security key is not asked any more.</source>
      <translation>Ya no se pide la llave de seguridad.</translation>
    </message>
    <message>
      <source>This security key wants its PIN. Type it, and press F8.</source>
      <translation>Esta llave pide su PIN. Escríbalo y pulse F8.</translation>
    </message>
    <message>
      <source>Touch your security key: it blinks.</source>
      <translation>Toque su llave de seguridad: parpadea.</translation>
    </message>
    <message>
      <source>✗ No security key was found. Plug it in, and press F8 again.</source>
      <translation>✗ No se halló llave de seguridad. Conéctela y pulse F8 otra vez.</translation>
    </message>
    <message>
      <source>✗ The PIN is wrong. The security key blocks itself after 8 wrong ones.</source>
      <translation>✗ PIN equivocado. La llave se bloquea tras 8 errores.</translation>
    </message>
    <message>
      <source>✗ The security key failed. Plug it in again, and press F8.</source>
      <translation>✗ La llave falló. Conéctela de nuevo y pulse F8.</translation>
    </message>
    <message>
      <source>✗ The security key was not touched in time. Press F8 again.</source>
      <translation>✗ No se tocó la llave a tiempo. Pulse F8 otra vez.</translation>
    </message>
    <message>
      <source>✗ This security key is blocked. Hand it to the Administrator.</source>
      <translation>✗ Esta llave está bloqueada. Entréguela al Administrador.</translation>
    </message>
    <message>
      <source>✗ This security key is not registered for this account. Take your own.</source>
      <translation>✗ Esta llave no es de esta cuenta. Use la suya.</translation>
    </message>
    <message>
      <source>✗ This security key is registered for this account already.</source>
      <translation>✗ Esta llave ya está registrada para esta cuenta.</translation>
    </message>
  </context>
  <context>
    <name>lessons</name>
    <message>
      <source>'Differs': the vehicle is not the one of the entry, and there is no stop on this hit.</source>
      <translation>'Difiere': el vehículo no es el de la entrada, y no hay parada por esta coincidencia.</translation>
    </message>
    <message>
      <source>'Match': the plate decides.</source>
      <translation>'Coincide': decide la placa.</translation>
    </message>
    <message>
      <source>'Yes' is data, too. An out-of-state agency needs its declaration on file before anything.</source>
      <translation>'Sí' también es un dato. Una agencia de otro estado necesita antes que nada su declaración archivada.</translation>
    </message>
    <message>
      <source>5SOW750, to make the alert go on.</source>
      <translation>5SOW750, para que la alerta avance.</translation>
    </message>
    <message>
      <source>A 'no' ends it. A dispatcher who says 'no match' has answered: nothing on the screen outweighs that.</source>
      <translation>Un 'no' la termina. Un operador de despacho que dice 'no coincide' ha contestado: nada en la pantalla pesa más.</translation>
    </message>
    <message>
      <source>A 'no' on record shuts the gate. The list is a copy of a past state.</source>
      <translation>Un 'no' registrado cierra la parada. La lista es copia de una situación pasada.</translation>
    </message>
    <message>
      <source>A badge number.</source>
      <translation>Un número de placa policial.</translation>
    </message>
    <message>
      <source>A camera failed its alignment check and still reads some plates. May you use its reads?</source>
      <translation>Una cámara falló su prueba de alineación y aún lee algunas placas. ¿Puede usted usar sus lecturas?</translation>
    </message>
    <message>
      <source>A camera that fails its check goes out of service, and its reads raise no alert until somebody has put it right and a new check has passed. You do not argue with it, and you do not drive with a camera that 'mostly works'.</source>
      <translation>Una cámara que falla su prueba queda fuera de servicio, y sus lecturas no dan alertas hasta que alguien la corrija y pase una nueva prueba. No se discute con ella, ni se sale con una cámara que 'casi siempre funciona'.</translation>
    </message>
    <message>
      <source>A camera that looks elsewhere reads other cars than you think. Its reads raise no alert.</source>
      <translation>Una cámara que mira a otra parte lee otros vehículos de los que usted cree. Sus lecturas no dan alertas.</translation>
    </message>
    <message>
      <source>A change has made the topic due again, and its day is over.</source>
      <translation>Un cambio obliga a repetir el tema, y su plazo ya pasó.</translation>
    </message>
    <message>
      <source>A court order, named in the deployment's record.</source>
      <translation>Una orden judicial, nombrada en el asiento del despliegue.</translation>
    </message>
    <message>
      <source>A covert entry hits in your car, and you are not among the people that it names. What do you see?</source>
      <translation>Una entrada encubierta coincide en su patrulla, y usted no está entre las personas que nombra. ¿Qué ve usted?</translation>
    </message>
    <message>
      <source>A designated supervisor who is not me.</source>
      <translation>Un supervisor designado que no soy yo.</translation>
    </message>
    <message>
      <source>A detective from New York calls: 'Did your car read this plate last night?' What is right?</source>
      <translation>Un detective de Nueva York llama: '¿Leyó su patrulla esta placa anoche?' ¿Qué es lo correcto?</translation>
    </message>
    <message>
      <source>A federal officer asks you to look for a car in a civil immigration matter. What has to be there?</source>
      <translation>Un oficial federal le pide buscar un vehículo en un asunto civil de inmigración. ¿Qué tiene que haber?</translation>
    </message>
    <message>
      <source>A friend asks whose car keeps parking at her house. You have the reads. What do you do?</source>
      <translation>Una amiga pregunta de quién es el auto que siempre estaciona junto a su casa. Usted tiene las lecturas. ¿Qué hace?</translation>
    </message>
    <message>
      <source>A hit from a list that is nine hours old: stolen vehicle. What do you know?</source>
      <translation>Una coincidencia de una lista de hace nueve horas: vehículo robado. ¿Qué sabe usted?</translation>
    </message>
    <message>
      <source>A hit is a lead. It becomes a basis only when your own eyes and the source have agreed.</source>
      <translation>Una coincidencia es un indicio. Solo llega a ser fundamento cuando sus propios ojos y la fuente están de acuerdo.</translation>
    </message>
    <message>
      <source>A hot list is a copy. NCIC's extract for plate readers is made twice a day; state lists, AMBER and SILVER Alerts and the agency's own entries stand beside it. Between two extracts a car can be recovered and still be listed.</source>
      <translation>Una lista de alerta es una copia. El extracto del NCIC para lectores de placas se hace dos veces al día; junto a él están las listas del estado, las alertas AMBER y SILVER y las entradas de la propia agencia. Entre dos extractos un vehículo puede ser recuperado y seguir en la lista.</translation>
    </message>
    <message>
      <source>A locked screen shows alerts and takes no answer. What is done on an open one is done in your name.</source>
      <translation>Una pantalla bloqueada muestra alertas y no acepta respuestas. Lo que se haga en una abierta se hace con su nombre.</translation>
    </message>
    <message>
      <source>A march is announced. May the car stand at its beginning to read who parks there?</source>
      <translation>Se anuncia una marcha. ¿Puede la patrulla ponerse donde empieza, para leer quién estaciona allí?</translation>
    </message>
    <message>
      <source>A match if the color fits.</source>
      <translation>Una coincidencia si el color corresponde.</translation>
    </message>
    <message>
      <source>A match: the number is the same.</source>
      <translation>Una coincidencia: el número es el mismo.</translation>
    </message>
    <message>
      <source>A new statute limits sharing. What does the Administrator do for the training?</source>
      <translation>Una nueva ley limita el compartir datos. ¿Qué hace el Administrador con la capacitación?</translation>
    </message>
    <message>
      <source>A number in a field makes no purpose. The attempt is refused by name, and on record.</source>
      <translation>Un número en un campo no hace un propósito. El intento se rechaza por su nombre, y queda registrado.</translation>
    </message>
    <message>
      <source>A plate and a telephone number.</source>
      <translation>Una placa y un número de teléfono.</translation>
    </message>
    <message>
      <source>A plate, a state and a picture.</source>
      <translation>Una placa, un estado y una imagen.</translation>
    </message>
    <message>
      <source>A quiet evening: no listed car came by.</source>
      <translation>Una tarde tranquila: no pasó ningún vehículo de la lista.</translation>
    </message>
    <message>
      <source>A read of 25 days ago may matter in a burglary. What do you do?</source>
      <translation>Una lectura de hace 25 días puede importar en un robo a una vivienda. ¿Qué hace usted?</translation>
    </message>
    <message>
      <source>A reader that sees nothing raises no alert. That looks like a quiet road. So each camera declares how often it reports, and the bar at the top shows each camera, the position, the link and each list: green, yellow or red, with a word.</source>
      <translation>Un lector que no ve nada no da ninguna alerta. Eso parece un camino tranquilo. Por eso cada cámara declara con qué frecuencia informa, y la barra de arriba muestra cada cámara, la posición, el enlace y cada lista: en verde, amarillo o rojo, con una palabra.</translation>
    </message>
    <message>
      <source>A reader took a 3 for a 7. The officer saw the alert, not the plate, and a second officer took the alert for a confirmation. A driver who had done nothing knelt at gunpoint. Elsewhere the number was right and the state was not: the stolen one was a motorcycle from another state, and the family in front was in a minivan.</source>
      <translation>Un lector tomó un 3 por un 7. El oficial vio la alerta, no la placa, y un segundo oficial tomó la alerta por una confirmación. Una conductora que no había hecho nada acabó de rodillas a punta de pistola. En otro lugar el número era correcto y el estado no: lo robado era una motocicleta de otro estado, y la familia de delante iba en una minivan.</translation>
    </message>
    <message>
      <source>A reminder, the first time.</source>
      <translation>A un recordatorio, la primera vez.</translation>
    </message>
    <message>
      <source>A search of past reads: what has to be stated before it runs?</source>
      <translation>Una búsqueda de lecturas pasadas: ¿qué hay que declarar antes de que se haga?</translation>
    </message>
    <message>
      <source>A stop cannot be built but from a passed gate.</source>
      <translation>Una parada solo se puede hacer con todos los pasos cumplidos.</translation>
    </message>
    <message>
      <source>A supervisor's approval.</source>
      <translation>La aprobación de un supervisor.</translation>
    </message>
    <message>
      <source>A violation is reported to the Chief, with the records that show it. If you made a mistake, say so at once and in the record: an honest error beside its correction is no knowing misuse. Hiding it is.</source>
      <translation>Una infracción se informa al Chief, con los registros que la muestran. Si usted cometió un error, dígalo de inmediato y en el registro: un error honesto junto a su corrección no es uso indebido a sabiendas. Ocultarlo sí.</translation>
    </message>
    <message>
      <source>A written declaration of the other agency's mayor.</source>
      <translation>Una declaración escrita del alcalde de la otra agencia.</translation>
    </message>
    <message>
      <source>Access is designated by the Administrator: sworn officers, crime analysts and communications operators.</source>
      <translation>El acceso lo designa el Administrador: oficiales juramentados, analistas criminales y operadores de comunicaciones.</translation>
    </message>
    <message>
      <source>Add the right answer; the first one stays on record.</source>
      <translation>Agrego la respuesta correcta; la primera queda registrada.</translation>
    </message>
    <message>
      <source>After 30 days it is gone, unless it is preserved as potential evidence.</source>
      <translation>A los 30 días ya no está, salvo que se conserve como posible prueba.</translation>
    </message>
    <message>
      <source>Age and source stand on the alert</source>
      <translation>La antigüedad y la fuente están en la alerta</translation>
    </message>
    <message>
      <source>All agrees by eye. The records check says: no record. What now?</source>
      <translation>Todo coincide a la vista. La consulta dice: sin registro. ¿Y ahora?</translation>
    </message>
    <message>
      <source>All of it works by keyboard, in gloves: H hits, S search, E equipment, M map, W what is owed, L lock, T the theme for night, day and sun, Ctrl+T dims. F2 shows big keys for a touch screen.</source>
      <translation>Todo funciona con el teclado, con guantes: H coincidencias, S búsqueda, E equipo, M mapa, W lo pendiente, L bloquear, T el tema de noche, día y sol, Ctrl+T atenúa. F2 muestra teclas grandes para una pantalla táctil.</translation>
    </message>
    <message>
      <source>An agency of this state asks for reads of a hit and run. What does the answer need?</source>
      <translation>Una agencia de este estado pide lecturas por un choque con fuga. ¿Qué necesita la respuesta?</translation>
    </message>
    <message>
      <source>An agency outside of Connecticut gets a copy of the policy first, and accepts it in writing: that it has it, will abide by it, and will not use the data against the Trust Act (C.G.S. 54-192h) or against C.G.S. 54-155b, which protects reproductive and gender-affirming health care.</source>
      <translation>Una agencia de fuera de Connecticut recibe primero una copia de la política y la acepta por escrito: que la tiene, que la cumplirá y que no usará los datos contra el Trust Act (C.G.S. 54-192h) ni contra C.G.S. 54-155b, que protege la atención de salud reproductiva y de afirmación de género.</translation>
    </message>
    <message>
      <source>An alert</source>
      <translation>Una alerta</translation>
    </message>
    <message>
      <source>An alert may come from a list that is not updated or live. Verify with NCIC or the originating agency.</source>
      <translation>Una alerta puede venir de una lista que no está actualizada ni en vivo. Verifique con el NCIC o con la agencia de origen.</translation>
    </message>
    <message>
      <source>An alert takes the screen, with a sound and a voice of its own, and stays until it is answered. It shows the plate's picture, what was read, what the list says, which list and how old.</source>
      <translation>Una alerta toma la pantalla, con un sonido y una voz propios, y se queda hasta que se contesta. Muestra la imagen de la placa, lo que se leyó, lo que dice la lista, qué lista y de qué antigüedad.</translation>
    </message>
    <message>
      <source>An entry by hand needs a permitted purpose, the offense, a description of the vehicle, your name, and an end. One that is connected with a crime states the reasonable suspicion. Its plate is verified through CJIS/NCIC, and a supervisor who is not you approves it before it reaches any car.</source>
      <translation>Una entrada a mano necesita un propósito permitido, el delito, una descripción del vehículo, su nombre y un fin. La que está relacionada con un delito declara la sospecha razonable. Su placa se verifica por CJIS/NCIC, y un supervisor que no es usted la aprueba antes de que llegue a ninguna patrulla.</translation>
    </message>
    <message>
      <source>An entry leaves the list when it expires or when its vehicle is located. Answer 'vehicle located' and the program removes the agency's entry in every car, or tells the owner of another agency's entry.</source>
      <translation>Una entrada sale de la lista cuando vence o cuando se localiza su vehículo. Conteste 'vehículo localizado' y el programa retira la entrada de la agencia en todas las patrullas, o avisa al dueño de una entrada de otra agencia.</translation>
    </message>
    <message>
      <source>An entry that is left behind is the next driver's felony stop.</source>
      <translation>Una entrada olvidada es la próxima parada de alto riesgo de un conductor.</translation>
    </message>
    <message>
      <source>An entry whose vehicle is located is removed. Another agency's entry: its owner is told.</source>
      <translation>Una entrada cuyo vehículo se localiza se retira. Si es de otra agencia, se avisa a su dueño.</translation>
    </message>
    <message>
      <source>An exigent stop is lawful where the facts are there. It is always looked at.</source>
      <translation>Una parada por circunstancias apremiantes es lícita donde existen los hechos. Siempre se revisa.</translation>
    </message>
    <message>
      <source>An officer searches reads of a neighborhood because of who lives there. Which rule is broken?</source>
      <translation>Un oficial busca lecturas de un vecindario por quienes viven allí. ¿Qué regla se incumple?</translation>
    </message>
    <message>
      <source>An official purpose, the Administrator's review, a named agreement, and a record of what was shared.</source>
      <translation>Un propósito oficial, la revisión del Administrador, un acuerdo que se nombra y un registro de lo compartido.</translation>
    </message>
    <message>
      <source>And with its source</source>
      <translation>Y con su fuente</translation>
    </message>
    <message>
      <source>Another plate: no stop, wrong state.</source>
      <translation>Otra placa: sin parada, estado equivocado.</translation>
    </message>
    <message>
      <source>Another state investigates a patient for health care that is legal here. It has a warrant of its own. May you?</source>
      <translation>Otro estado investiga a una paciente por atención de salud que aquí es legal. Tiene una orden propia. ¿Puede usted?</translation>
    </message>
    <message>
      <source>Any officer with a case.</source>
      <translation>Cualquier oficial con un caso.</translation>
    </message>
    <message>
      <source>Any supervisor, for the length of a shift.</source>
      <translation>Cualquier supervisor, mientras dure un turno.</translation>
    </message>
    <message>
      <source>Ask again until it says active, and stop meanwhile.</source>
      <translation>Preguntar hasta que diga vigente, y parar entretanto.</translation>
    </message>
    <message>
      <source>Ask the Administrator to delete it.</source>
      <translation>Pido al Administrador que la borre.</translation>
    </message>
    <message>
      <source>At the side stands the gate: each step, met or not, with the clause. F12 is STOP. Pressed too early it says what is missing, and that you pressed it is on record.</source>
      <translation>Al lado está el control de la parada: cada paso, cumplido o no, con su cláusula. F12 es PARAR. Si se pulsa demasiado pronto dice qué falta, y queda registrado que usted lo pulsó.</translation>
    </message>
    <message>
      <source>Before each sign-in the screen says that the system is for official use, that use is recorded, and what misuse leads to. That you read it is on record.</source>
      <translation>Antes de cada inicio de sesión la pantalla dice que el sistema es para uso oficial, que el uso queda registrado y a qué lleva el uso indebido. Queda registrado que usted lo leyó.</translation>
    </message>
    <message>
      <source>C.G.S. 54-155b: nothing in any investigation, civil or criminal, of anybody for reproductive or gender-affirming health care that is legal in this state. No exception, and none for another state's request.</source>
      <translation>C.G.S. 54-155b: nada en ninguna investigación, civil o penal, de nadie por atención de salud reproductiva o de afirmación de género que es legal en este estado. Sin excepción, y tampoco por la solicitud de otro estado.</translation>
    </message>
    <message>
      <source>C.G.S. 54-192h, the Trust Act: nothing in civil immigration matters, unless one of its three exceptions ((b)(1)(A)(i), (ii), (iii)) is cited. Some agencies refuse immigration matters without exception.</source>
      <translation>C.G.S. 54-192h, el Trust Act: nada en asuntos civiles de inmigración, salvo que se cite una de sus tres excepciones ((b)(1)(A)(i), (ii), (iii)). Algunas agencias rechazan los asuntos de inmigración sin excepción.</translation>
    </message>
    <message>
      <source>Changes are taught</source>
      <translation>Los cambios se enseñan</translation>
    </message>
    <message>
      <source>Changes of system or law are included in the updated training.</source>
      <translation>Los cambios del sistema o de la ley se incluyen en la capacitación actualizada.</translation>
    </message>
    <message>
      <source>Characters and vehicle agree. The plate is from New York, the entry from New Jersey. What is it?</source>
      <translation>Caracteres y vehículo coinciden. La placa es de Nueva York, la entrada de Nueva Jersey. ¿Qué es?</translation>
    </message>
    <message>
      <source>Characters: read them from the vehicle, one by one, aloud if it helps. 3 and 7, 2 and 7, O and 0, B and 8, 5 and S.</source>
      <translation>Caracteres: léalos del vehículo, uno por uno, en voz alta si ayuda. 3 y 7, 2 y 7, O y 0, B y 8, 5 y S.</translation>
    </message>
    <message>
      <source>Confirmation comes from communications or other authorized personnel, and is on record.</source>
      <translation>La confirmación viene de comunicaciones o de otro personal autorizado, y queda registrada.</translation>
    </message>
    <message>
      <source>Confirmation that the hit remains active comes before any action. A late or wrong list is the usual reason.</source>
      <translation>Que la coincidencia sigue vigente se confirma antes de cualquier acción. Una lista tardía o errónea es la causa habitual.</translation>
    </message>
    <message>
      <source>Copying the reader confirms the reader by the reader. The check exists because it misreads.</source>
      <translation>Copiar al lector es confirmar al lector con el lector. La verificación existe porque lee mal.</translation>
    </message>
    <message>
      <source>Deletes all training records.</source>
      <translation>Borra todos los registros de capacitación.</translation>
    </message>
    <message>
      <source>Dismiss as misread.</source>
      <translation>Descartar como mal leída.</translation>
    </message>
    <message>
      <source>Dispatch by radio, noted with who said it and when.</source>
      <translation>Despacho por radio, anotado con quién lo dijo y cuándo.</translation>
    </message>
    <message>
      <source>Do not do it with this system.</source>
      <translation>No hacerlo con este sistema.</translation>
    </message>
    <message>
      <source>Each act carries one person's name. Whoever answers under another's name makes a false record.</source>
      <translation>Cada acto lleva el nombre de una persona. Quien contesta con el nombre de otra hace un registro falso.</translation>
    </message>
    <message>
      <source>Each act on an account is another person's, and on record.</source>
      <translation>Cada acto sobre una cuenta es de otra persona, y queda registrado.</translation>
    </message>
    <message>
      <source>Each alert names the list, the category and the age of the extract. A list that is older than the agency allows, 24 hours under the model policy, is marked at the top of the screen and on each of its alerts.</source>
      <translation>Cada alerta nombra la lista, la categoría y la antigüedad del extracto. Una lista más antigua de lo que permite la agencia, 24 horas según la política modelo, se marca arriba en la pantalla y en cada una de sus alertas.</translation>
    </message>
    <message>
      <source>Each is refused by its name, and the attempt is on record with yours.</source>
      <translation>Cada uno se rechaza por su nombre, y el intento queda registrado con el de usted.</translation>
    </message>
    <message>
      <source>Each of these is a field of the entry; without them it does not come before a supervisor.</source>
      <translation>Cada uno de estos es un campo de la entrada; sin ellos no llega ante un supervisor.</translation>
    </message>
    <message>
      <source>Each topic needs a record with date and trainer. The Administrator can mark a change that makes it due again.</source>
      <translation>Cada tema necesita un registro con fecha e instructor. El Administrador puede anotar un cambio que obliga a repetirlo.</translation>
    </message>
    <message>
      <source>Each transaction is on record: what, who, when, and why. Reads, hits, searches, approvals, stops, exports. The records hang on each other; one that is changed or taken out is found. You cannot undo a mistake, and you need not: add what is right.</source>
      <translation>Cada operación queda registrada: qué, quién, cuándo y por qué. Lecturas, coincidencias, búsquedas, aprobaciones, paradas, exportaciones. Los registros están encadenados; si uno se cambia o se quita, se descubre. Un error no se puede deshacer, ni hace falta: agregue lo correcto.</translation>
    </message>
    <message>
      <source>Each use carries name, time and reason, in a record that cannot be changed unseen. Every quarter the Administrator draws searches and judges each: authorized or not, complete or not. Unusual use is found by rule: more searches than usual, one plate again and again, a colleague's plate, searches off duty, searches that no report follows.</source>
      <translation>Cada uso lleva nombre, hora y motivo, en un registro que no se puede cambiar sin que se vea. Cada trimestre el Administrador sortea búsquedas y juzga cada una: autorizada o no, completa o no. El uso inusual se encuentra por reglas: más búsquedas de lo normal, una placa una y otra vez, la placa de un colega, búsquedas fuera de servicio, búsquedas a las que no sigue ningún informe.</translation>
    </message>
    <message>
      <source>End the shift before it is sent.</source>
      <translation>Termino el turno antes de que se envíe.</translation>
    </message>
    <message>
      <source>End the shift, so that no alert is shown.</source>
      <translation>Terminar el turno, para que no se muestre ninguna alerta.</translation>
    </message>
    <message>
      <source>Enter: VERIFY. F: follow, you cannot verify it yet. D: dismiss, with a reason. N: the next one, when there are several. The most urgent stands first.</source>
      <translation>Enter: VERIFICAR. F: solo seguir, aún no se puede verificar. D: descartar, con un motivo. N: la próxima, cuando hay varias. La más urgente está primero.</translation>
    </message>
    <message>
      <source>Everything leaves a record</source>
      <translation>Todo deja un registro</translation>
    </message>
    <message>
      <source>Everything; the lists answer for the records check.</source>
      <translation>Todo; las listas contestan en lugar de la consulta.</translation>
    </message>
    <message>
      <source>Failures go to the vendor with the Administrator's record, and a repair only counts from an authorized source.</source>
      <translation>Las fallas van al proveedor con el registro del Administrador, y una reparación solo cuenta si viene de una fuente autorizada.</translation>
    </message>
    <message>
      <source>Five wrong tries in a quarter of an hour lock the account. The Administrator releases it from headquarters, or by telephone with a code for the number on the car's screen.</source>
      <translation>Cinco intentos fallidos en un cuarto de hora bloquean la cuenta. El Administrador la desbloquea desde la central, o por teléfono con un código para el número que muestra la pantalla de la patrulla.</translation>
    </message>
    <message>
      <source>Follow: the hit stays open, and nothing is confirmed.</source>
      <translation>Solo seguir: la coincidencia queda abierta, y no se confirma nada.</translation>
    </message>
    <message>
      <source>Four things, by eye</source>
      <translation>Cuatro cosas, a la vista</translation>
    </message>
    <message>
      <source>Handing data to persons or bodies that are not authorized.</source>
      <translation>Entregar datos a personas u organismos que no están autorizados.</translation>
    </message>
    <message>
      <source>Harassment or intimidation of anybody; a protected characteristic alone; identifying people who exercise First Amendment rights.</source>
      <translation>Acoso o intimidación de cualquiera; una característica protegida por sí sola; identificar a personas que ejercen derechos de la Primera Enmienda.</translation>
    </message>
    <message>
      <source>How it comes to light</source>
      <translation>Cómo sale a la luz</translation>
    </message>
    <message>
      <source>I may, if I am a supervisor myself.</source>
      <translation>Yo, si yo mismo soy supervisor.</translation>
    </message>
    <message>
      <source>I sign in once, and we both answer alerts.</source>
      <translation>Inicio sesión una vez y los dos contestamos alertas.</translation>
    </message>
    <message>
      <source>I tell my partner my password for this shift.</source>
      <translation>Le digo a mi compañero mi contraseña para este turno.</translation>
    </message>
    <message>
      <source>Identifying characteristics that the entry has are part of the confirmation. A mismatch ends in no stop.</source>
      <translation>Las características que tiene la entrada son parte de la confirmación. Si algo difiere, no hay parada.</translation>
    </message>
    <message>
      <source>If a camera falls silent, the screen and a sound say so. Treat its side of the road as not watched.</source>
      <translation>Si una cámara calla, la pantalla y un sonido lo dicen. Trate su lado del camino como no vigilado.</translation>
    </message>
    <message>
      <source>If the program itself stands still, screen and sound say so. Believe the line that says so, not the silence.</source>
      <translation>Si el propio programa se detiene, la pantalla y un sonido lo dicen. Crea la línea que lo dice, no el silencio.</translation>
    </message>
    <message>
      <source>If you cannot see one of these: follow, do not guess.</source>
      <translation>Si no puede ver una de estas cosas: siga al vehículo, no adivine.</translation>
    </message>
    <message>
      <source>If you see it, or did it</source>
      <translation>Si usted lo ve, o lo hizo</translation>
    </message>
    <message>
      <source>In a written report, an affidavit or a court application you state clearly that ALPR data was used. After a stop the program offers the sentence, with the times of read, verification and answer. The State's Attorney, the Inspector General or the Chief State's Attorney may direct otherwise; nobody else.</source>
      <translation>En un informe escrito, una declaración jurada o una solicitud judicial usted declara con claridad que se usaron datos de ALPR. Después de una parada el programa ofrece la frase, con las horas de lectura, verificación y respuesta. El State's Attorney, el Inspector General o el Chief State's Attorney pueden disponer otra cosa; nadie más.</translation>
    </message>
    <message>
      <source>In the middle runs the reel of reads: picture, characters, camera. At the top stand cameras, position, link and lists, each with a color, a shape and a word. At the bottom stands what you can do, each with its key.</source>
      <translation>En el medio corre la cinta de lecturas: imagen, caracteres, cámara. Arriba están cámaras, posición, enlace y listas, cada uno con un color, una forma y una palabra. Abajo está lo que se puede hacer, cada cosa con su tecla.</translation>
    </message>
    <message>
      <source>It affirms the model policy's terms; without it the law enforcement unit shall not share.</source>
      <translation>Afirma los términos de la política modelo; sin ella la agencia policial no debe compartir.</translation>
    </message>
    <message>
      <source>It counts with a supervisor's yes.</source>
      <translation>Vale con el sí de un supervisor.</translation>
    </message>
    <message>
      <source>It is a confirmation by a second officer.</source>
      <translation>Es la confirmación de un segundo oficial.</translation>
    </message>
    <message>
      <source>It is a decision with a name and a date on it.</source>
      <translation>Es una decisión con un nombre y una fecha.</translation>
    </message>
    <message>
      <source>Its parameters, the reason, the offense type, and a case or other identifying number.</source>
      <translation>Sus parámetros, el motivo, el tipo de delito y un número de caso u otro que la identifique.</translation>
    </message>
    <message>
      <source>Leave it: the car is a secure place.</source>
      <translation>Dejarla así: la patrulla es un lugar seguro.</translation>
    </message>
    <message>
      <source>Lists are in the car. What is live is not: ask by radio, and note the answer with who gave it.</source>
      <translation>Las listas están en la patrulla. Lo que es en vivo no: pregunte por radio, y anote la respuesta con quién la dio.</translation>
    </message>
    <message>
      <source>Lists come by themselves over the link, signed by headquarters. When the link is out they only grow older: tell dispatch that your lists are old, and let the records check carry the weight.</source>
      <translation>Las listas llegan solas por el enlace, firmadas por la central. Sin enlace solo envejecen: diga a despacho que sus listas son antiguas, y deje que pese la consulta.</translation>
    </message>
    <message>
      <source>Lock the screen (L) whenever somebody else could reach it. Alerts go on; nothing can be answered. After 12 hours you are asked again who you are, and after 16 the session ends. Taking data into a case asks for your proof anew.</source>
      <translation>Bloquee la pantalla (L) siempre que otra persona pueda alcanzarla. Las alertas siguen; no se puede contestar nada. A las 12 horas se le pregunta de nuevo quién es, y a las 16 la sesión termina. Para llevar datos a un caso debe identificarse otra vez.</translation>
    </message>
    <message>
      <source>Lock the screen; alerts go on.</source>
      <translation>Bloquear la pantalla; las alertas siguen.</translation>
    </message>
    <message>
      <source>Look at the lenses yourself: dirt, ice, a loose mount. A check that is due stays on the screen until it is done.</source>
      <translation>Mire usted mismo los lentes: suciedad, hielo, un soporte flojo. Una prueba pendiente sigue en la pantalla hasta que se hace.</translation>
    </message>
    <message>
      <source>Look it up and say yes or no; that is no data.</source>
      <translation>Buscarlo y decir sí o no; eso no es un dato.</translation>
    </message>
    <message>
      <source>Look, but tell her no name.</source>
      <translation>Mirar, pero no decirle ningún nombre.</translation>
    </message>
    <message>
      <source>Marks the change with its topics and its day; they are due again for everybody.</source>
      <translation>Anota el cambio con sus temas y su día; todos los deben repetir.</translation>
    </message>
    <message>
      <source>May the Administrator record their own training, or release their own account?</source>
      <translation>¿Puede el Administrador registrar su propia capacitación, o desbloquear su propia cuenta?</translation>
    </message>
    <message>
      <source>Mute the plate in your own car.</source>
      <translation>Silenciar la placa en su propia patrulla.</translation>
    </message>
    <message>
      <source>My partner has the Administrator see to it; meanwhile I alone work under my own name.</source>
      <translation>Mi compañero pide al Administrador que lo resuelva; entretanto trabajo solo yo, con mi propio nombre.</translation>
    </message>
    <message>
      <source>My password is too old.</source>
      <translation>Mi contraseña es demasiado antigua.</translation>
    </message>
    <message>
      <source>Networks</source>
      <translation>Redes</translation>
    </message>
    <message>
      <source>No alert for two hours, and the bar shows 'L' in red. What does that mean?</source>
      <translation>Ninguna alerta en dos horas, y la barra muestra 'L' en rojo. ¿Qué significa?</translation>
    </message>
    <message>
      <source>No entry by hand is active before a designated supervisor, not its requester, has approved it.</source>
      <translation>Ninguna entrada a mano está activa antes de que la apruebe un supervisor designado, que no es quien la solicita.</translation>
    </message>
    <message>
      <source>No stop. The entry is stale; its owner is told.</source>
      <translation>Sin parada. La entrada está desactualizada; se avisa a su dueño.</translation>
    </message>
    <message>
      <source>No. C.G.S. 54-155b has no exception.</source>
      <translation>No. C.G.S. 54-155b no tiene excepción.</translation>
    </message>
    <message>
      <source>No. It is out of service until it is corrected and has passed a check.</source>
      <translation>No. Está fuera de servicio hasta que se corrija y pase una prueba.</translation>
    </message>
    <message>
      <source>No. Nobody acts on their own account.</source>
      <translation>No. Nadie actúa sobre su propia cuenta.</translation>
    </message>
    <message>
      <source>No: a supervisor looks at it, and the steps that were skipped are still owed.</source>
      <translation>No: un supervisor la revisa, y los pasos que se saltaron siguen pendientes.</translation>
    </message>
    <message>
      <source>No: that would identify people who exercise First Amendment rights.</source>
      <translation>No: eso identificaría a personas que ejercen derechos de la Primera Enmienda.</translation>
    </message>
    <message>
      <source>Nobody has to: an officer's entry counts at once.</source>
      <translation>Nadie tiene que hacerlo: la entrada de un oficial vale de inmediato.</translation>
    </message>
    <message>
      <source>Nobody shares by telephone</source>
      <translation>Nadie comparte por teléfono</translation>
    </message>
    <message>
      <source>Nobody, unless it happens again.</source>
      <translation>Nadie, salvo que vuelva a ocurrir.</translation>
    </message>
    <message>
      <source>Nobody, unless there is a complaint.</source>
      <translation>Nadie, salvo que haya una queja.</translation>
    </message>
    <message>
      <source>Nobody: it is the colleague's own affair.</source>
      <translation>A nadie: es asunto del colega.</translation>
    </message>
    <message>
      <source>None of the permitted purposes fits what you were asked to do. What is right?</source>
      <translation>Ninguno de los propósitos permitidos corresponde a lo que le pidieron hacer. ¿Qué es lo correcto?</translation>
    </message>
    <message>
      <source>None, if a case number is given.</source>
      <translation>Ninguna, si se da un número de caso.</translation>
    </message>
    <message>
      <source>Not people because of what they are: race, color, religion, sex, orientation, gender identity, origin, age, disability, marital or veteran status, citizenship or immigration status. Alone these are never a reason.</source>
      <translation>No a personas por lo que son: raza, color, religión, sexo, orientación, identidad de género, origen, edad, discapacidad, estado civil o condición de veterano, ciudadanía o situación migratoria. Por sí solas nunca son un motivo.</translation>
    </message>
    <message>
      <source>Not whoever takes part in a protest, a religious service, a union meeting or a newspaper's work: that is identifying people who use their First Amendment rights.</source>
      <translation>No a quien participa en una protesta, un servicio religioso, una reunión sindical o el trabajo de un periódico: eso es identificar a personas que ejercen sus derechos de la Primera Enmienda.</translation>
    </message>
    <message>
      <source>Nothing about the reader: it is an investigative secret.</source>
      <translation>Nada del lector: es un secreto de la investigación.</translation>
    </message>
    <message>
      <source>Nothing was opened; what is missing is named, and the press is on record.</source>
      <translation>No se abrió nada; se nombra lo que falta, y queda registrado que se pulsó.</translation>
    </message>
    <message>
      <source>Nothing with the system: it is personal use. She can file a report.</source>
      <translation>Nada con el sistema: es uso personal. Ella puede presentar una denuncia.</translation>
    </message>
    <message>
      <source>Nothing, and the record says why you were not alerted.</source>
      <translation>Nada, y el registro dice por qué no se le alertó.</translation>
    </message>
    <message>
      <source>Nothing, for sworn officers.</source>
      <translation>Nada, para oficiales juramentados.</translation>
    </message>
    <message>
      <source>Nothing, if no data left the agency.</source>
      <translation>A nada, si ningún dato salió de la agencia.</translation>
    </message>
    <message>
      <source>Nothing: an alert is no confirmation. Somebody has to look at the plate.</source>
      <translation>Nada: una alerta no es una confirmación. Alguien tiene que mirar la placa.</translation>
    </message>
    <message>
      <source>Nothing: inside the state sharing is free.</source>
      <translation>Nada: dentro del estado se comparte libremente.</translation>
    </message>
    <message>
      <source>Nothing: it is another agency's matter.</source>
      <translation>Nada: es asunto de otra agencia.</translation>
    </message>
    <message>
      <source>Nothing: reads are kept for years.</source>
      <translation>Nada: las lecturas se guardan por años.</translation>
    </message>
    <message>
      <source>Nothing: stop work until it is green.</source>
      <translation>Nada: se deja de trabajar hasta que esté en verde.</translation>
    </message>
    <message>
      <source>Nothing; the entry expires by itself.</source>
      <translation>Nada; la entrada vence sola.</translation>
    </message>
    <message>
      <source>Nothing; the vehicle is optional.</source>
      <translation>Nada; el vehículo es opcional.</translation>
    </message>
    <message>
      <source>Of a million reads a few dozen matter. The others are people on their way to work, to a doctor, to a prayer, to a demonstration. The system is allowed because it looks for listed plates and forgets the rest within weeks. It is not allowed as a diary of who was where.</source>
      <translation>De un millón de lecturas importan unas docenas. Las demás son personas que van al trabajo, al médico, a rezar, a una manifestación. El sistema está permitido porque busca placas de las listas y olvida el resto en semanas. No está permitido como diario de quién estuvo dónde.</translation>
    </message>
    <message>
      <source>Official use, and nothing beside it</source>
      <translation>Uso oficial, y nada más</translation>
    </message>
    <message>
      <source>One of the exceptions of C.G.S. 54-192h(b)(1)(A), cited; otherwise it is refused.</source>
      <translation>Una de las excepciones de C.G.S. 54-192h(b)(1)(A), citada; si no, se rechaza.</translation>
    </message>
    <message>
      <source>One person, one account</source>
      <translation>Una persona, una cuenta</translation>
    </message>
    <message>
      <source>Only at night.</source>
      <translation>Solo de noche.</translation>
    </message>
    <message>
      <source>Only the plate.</source>
      <translation>Solo la placa.</translation>
    </message>
    <message>
      <source>Only the retention rule.</source>
      <translation>Solo la regla de conservación.</translation>
    </message>
    <message>
      <source>Only what the public can see</source>
      <translation>Solo lo que el público puede ver</translation>
    </message>
    <message>
      <source>Out of state: the declaration first</source>
      <translation>Fuera del estado: primero la declaración</translation>
    </message>
    <message>
      <source>Personal use is prohibited whatever the motive. Naming another purpose adds a false record.</source>
      <translation>El uso personal está prohibido, sea cual sea la intención. Nombrar otro propósito agrega un registro falso.</translation>
    </message>
    <message>
      <source>Personal use: a friend, a former partner, a neighbor, a car that you want to buy.</source>
      <translation>Uso personal: una amistad, una pareja anterior, un vecino, un auto que usted quiere comprar.</translation>
    </message>
    <message>
      <source>Photograph the screen.</source>
      <translation>Fotografiar la pantalla.</translation>
    </message>
    <message>
      <source>Plate and state agree; the entry is a red motorcycle, in front of you is a van. What do you answer?</source>
      <translation>Placa y estado coinciden; la entrada es una motocicleta roja, delante de usted hay una camioneta. ¿Qué contesta?</translation>
    </message>
    <message>
      <source>Plate means characters and state of issue. Same number, other state is another car.</source>
      <translation>Placa significa caracteres y estado emisor. El mismo número de otro estado es otro vehículo.</translation>
    </message>
    <message>
      <source>Purpose, offense, vehicle, the officer's name, an end, and a plate verified through CJIS/NCIC.</source>
      <translation>Propósito, delito, vehículo, el nombre del oficial, un fin y una placa verificada por CJIS/NCIC.</translation>
    </message>
    <message>
      <source>Reading, matching against the lists in the car, and alerts; a live records check does not.</source>
      <translation>La lectura, la comparación con las listas de la patrulla y las alertas; la consulta en vivo no.</translation>
    </message>
    <message>
      <source>Reads, pictures and hits go after 30 days at most, in the car and at headquarters. An agency may keep them shorter.</source>
      <translation>Lecturas, imágenes y coincidencias se borran a los 30 días como máximo, en la patrulla y en la central. Una agencia puede guardarlas menos tiempo.</translation>
    </message>
    <message>
      <source>Record that the vehicle was located, so that the entry leaves every car.</source>
      <translation>Registrar que el vehículo fue localizado, para que la entrada salga de todas las patrullas.</translation>
    </message>
    <message>
      <source>Record the outcome of each stop: arrest, recovered, citation, released.</source>
      <translation>Registre el resultado de cada parada: arresto, recuperado, multa, liberado.</translation>
    </message>
    <message>
      <source>Records are only ever added. A correction beside an error is honest; a gap is found.</source>
      <translation>A los registros solo se agrega. Una corrección junto a un error es honesta; un hueco se descubre.</translation>
    </message>
    <message>
      <source>Red with a word is a fault. A missing alert proves nothing where nobody looks.</source>
      <translation>Rojo con una palabra es una falla. La falta de alertas no prueba nada donde nadie mira.</translation>
    </message>
    <message>
      <source>Refer the request to the Administrator; nothing is said before it is reviewed and answered on record.</source>
      <translation>Remitir la solicitud al Administrador; no se dice nada antes de que se revise y se conteste con registro.</translation>
    </message>
    <message>
      <source>Refused by name</source>
      <translation>Rechazado por su nombre</translation>
    </message>
    <message>
      <source>Reports, affidavits and court applications state it clearly, unless the prosecutor's offices direct otherwise.</source>
      <translation>Informes, declaraciones juradas y solicitudes judiciales lo declaran con claridad, salvo que las fiscalías dispongan otra cosa.</translation>
    </message>
    <message>
      <source>Reproductive and gender-affirming health care that is legal in the state is refused, civil or criminal.</source>
      <translation>La atención de salud reproductiva y de afirmación de género que es legal en el estado se rechaza, en lo civil y en lo penal.</translation>
    </message>
    <message>
      <source>STOP (F12) shows three steps that are not met. What happened when you pressed it?</source>
      <translation>PARAR (F12) muestra tres pasos sin cumplir. ¿Qué ocurrió cuando lo pulsó?</translation>
    </message>
    <message>
      <source>Sanctions up to termination, civil liability, and possibly prosecution.</source>
      <translation>A sanciones hasta el despido, responsabilidad civil y posiblemente un proceso penal.</translation>
    </message>
    <message>
      <source>Say that a reader was used</source>
      <translation>Diga que se usó un lector</translation>
    </message>
    <message>
      <source>Say when something does not work, when a rule can't be followed in the field, when an entry keeps alerting wrongly. The Administrator can only mend what is on record. The Administrator too acts under a name, and never on their own account.</source>
      <translation>Diga cuando algo no funciona, cuando una regla no se puede cumplir en la calle, cuando una entrada sigue dando alertas equivocadas. El Administrador solo puede corregir lo que está registrado. También el Administrador actúa con su nombre, y nunca sobre su propia cuenta.</translation>
    </message>
    <message>
      <source>Search again and again until it can't be found.</source>
      <translation>Busco una y otra vez hasta que no se encuentre.</translation>
    </message>
    <message>
      <source>Search with the purpose 'investigation'.</source>
      <translation>Buscar con el propósito 'investigación'.</translation>
    </message>
    <message>
      <source>Send a picture, since it is a serious crime.</source>
      <translation>Mandar una imagen, porque es un delito grave.</translation>
    </message>
    <message>
      <source>Sends a mail; training stays as it is.</source>
      <translation>Manda un correo; la capacitación queda como está.</translation>
    </message>
    <message>
      <source>Sharing is for official purposes, guided by policy or a memorandum, and on record.</source>
      <translation>Se comparte para propósitos oficiales, según la política o un memorando, y queda registrado.</translation>
    </message>
    <message>
      <source>Silence is not 'no hits'</source>
      <translation>El silencio no es 'sin coincidencias'</translation>
    </message>
    <message>
      <source>So a hit says: this plate was on that list when the list was made. It never says: this car is stolen now.</source>
      <translation>Así que una coincidencia dice: esta placa estaba en esa lista cuando se hizo la lista. Nunca dice: este vehículo está robado ahora.</translation>
    </message>
    <message>
      <source>Some entries are covert: only named people are alerted. You may never learn of them, and that is right.</source>
      <translation>Algunas entradas son encubiertas: solo se alerta a las personas nombradas. Puede que usted nunca sepa de ellas, y está bien así.</translation>
    </message>
    <message>
      <source>Somebody from another agency asks you what your reader saw. However well you know them: you do not answer with data. The request goes on record and to the Administrator, who reviews it. What is given is given under a named agreement, and a list of what was given stays on record.</source>
      <translation>Alguien de otra agencia le pregunta qué vio su lector. Por bien que lo conozca, no conteste con datos. La solicitud se registra y va al Administrador, que la revisa. Lo que se da se da con un acuerdo que se nombra, y queda registrada una lista de lo que se dio.</translation>
    </message>
    <message>
      <source>State: read the plate's name and look, not the reader's guess. The same number exists in many states.</source>
      <translation>Estado: lea el nombre y el diseño de la placa, no lo que supone el lector. El mismo número existe en muchos estados.</translation>
    </message>
    <message>
      <source>Stop: four eyes saw the plate.</source>
      <translation>Parar: cuatro ojos vieron la placa.</translation>
    </message>
    <message>
      <source>Such a query is refused unless the policy allows it and the exception is cited.</source>
      <translation>Esa consulta se rechaza, salvo que la política la permita y se cite la excepción.</translation>
    </message>
    <message>
      <source>Take 'exigent' and explain later.</source>
      <translation>Tomar 'apremiante' y explicarlo después.</translation>
    </message>
    <message>
      <source>Take it into the case now, with the case number.</source>
      <translation>Llevarla ahora al caso, con el número de caso.</translation>
    </message>
    <message>
      <source>Take the purpose that comes closest.</source>
      <translation>Tomar el propósito más cercano.</translation>
    </message>
    <message>
      <source>Tell the Administrator, and put the right number on record.</source>
      <translation>Lo digo al Administrador, y registro el número correcto.</translation>
    </message>
    <message>
      <source>That ALPR data was used in the incident.</source>
      <translation>Que en el incidente se usaron datos de ALPR.</translation>
    </message>
    <message>
      <source>That it has a reader of the same vendor.</source>
      <translation>Que tiene un lector del mismo proveedor.</translation>
    </message>
    <message>
      <source>That it has the policy and will abide by it, C.G.S. 54-192h and 54-155b included.</source>
      <translation>Que tiene la política y la cumplirá, incluidos C.G.S. 54-192h y 54-155b.</translation>
    </message>
    <message>
      <source>That it pays for the data.</source>
      <translation>Que paga por los datos.</translation>
    </message>
    <message>
      <source>That the car is stolen: nine hours are fresh.</source>
      <translation>Que el vehículo está robado: nueve horas es reciente.</translation>
    </message>
    <message>
      <source>That the owner is in the car.</source>
      <translation>Que el dueño está en el vehículo.</translation>
    </message>
    <message>
      <source>That the place is public does not make the purpose lawful.</source>
      <translation>Que el lugar sea público no hace lícito el propósito.</translation>
    </message>
    <message>
      <source>That the plate was listed when the extract was made; the status now has to be asked.</source>
      <translation>Que la placa estaba en la lista cuando se hizo el extracto; ahora hay que preguntar por su vigencia.</translation>
    </message>
    <message>
      <source>That very sentence has put people on the asphalt. Ask what was seen on the vehicle, and by whom.</source>
      <translation>Esa misma frase ha puesto a personas en el asfalto. Pregunte qué se vio en el vehículo, y quién lo vio.</translation>
    </message>
    <message>
      <source>The Administrator gives each person an account of their own. Nobody else may use it: each read, alert, search, approval and stop carries the name of whoever is signed in, and that name is yours for everything that happens until you lock the screen or end the shift.</source>
      <translation>El Administrador da a cada persona una cuenta propia. Nadie más puede usarla: cada lectura, alerta, búsqueda, aprobación y parada lleva el nombre de quien tiene la sesión abierta, y ese nombre es el suyo para todo lo que ocurra hasta que bloquee la pantalla o termine el turno.</translation>
    </message>
    <message>
      <source>The Administrator, every quarter under the model policy.</source>
      <translation>El Administrador, cada trimestre según la política modelo.</translation>
    </message>
    <message>
      <source>The Administrator, from the failure that you put on record.</source>
      <translation>El Administrador, a partir de la falla que usted registró.</translation>
    </message>
    <message>
      <source>The Administrator, to people of the kinds that the policy names, once they are trained.</source>
      <translation>El Administrador, a personas de las clases que nombra la política, una vez capacitadas.</translation>
    </message>
    <message>
      <source>The Chief appoints the Administrator: who gives access and takes it away, sees to the training, watches that the system works and is used as the policy says, reviews what others ask for, audits each quarter, reports violations to the Chief, and recommends changes.</source>
      <translation>El Chief nombra al Administrador: quien da y quita el acceso, se ocupa de la capacitación, vigila que el sistema funcione y se use como dice la política, revisa lo que otros solicitan, audita cada trimestre, informa de infracciones al Chief y recomienda cambios.</translation>
    </message>
    <message>
      <source>The Chief, by a report of a violation with the records that show it.</source>
      <translation>Al Chief, con un informe de infracción y los registros que la muestran.</translation>
    </message>
    <message>
      <source>The Chief, or the Chief's designee.</source>
      <translation>El Chief, o la persona que el Chief designe.</translation>
    </message>
    <message>
      <source>The alert was dismissed.</source>
      <translation>La alerta se descartó.</translation>
    </message>
    <message>
      <source>The alert, with the word covert.</source>
      <translation>La alerta, con la palabra encubierta.</translation>
    </message>
    <message>
      <source>The audit reviews whether queries were authorized and complete.</source>
      <translation>La auditoría revisa si las consultas fueron autorizadas y completas.</translation>
    </message>
    <message>
      <source>The car also refuses whoever is not sworn, whose account is suspended, or whose training is not complete. It names the topics that are missing. Training that a change has made due again counts as missing once its day is over.</source>
      <translation>La patrulla rechaza también a quien no está juramentado, a quien tiene la cuenta suspendida y a quien no ha completado la capacitación. Nombra los temas que faltan. La capacitación que un cambio exige de nuevo cuenta como faltante una vez pasado su plazo.</translation>
    </message>
    <message>
      <source>The car has no link, so training can't be seen.</source>
      <translation>La patrulla no tiene enlace, así que no se ve la capacitación.</translation>
    </message>
    <message>
      <source>The check at the beginning of the shift</source>
      <translation>La prueba al empezar el turno</translation>
    </message>
    <message>
      <source>The facts in your words are on record, flagged, and owed steps stay on the screen until they are done.</source>
      <translation>Los hechos en sus palabras quedan registrados y señalados, y los pasos pendientes siguen en la pantalla hasta que se hacen.</translation>
    </message>
    <message>
      <source>The failure goes to the Administrator and from there to the vendor. A repair is recorded with who made it.</source>
      <translation>La falla va al Administrador y de él al proveedor. Una reparación se registra con quién la hizo.</translation>
    </message>
    <message>
      <source>The last answer on another car.</source>
      <translation>La última respuesta sobre otro vehículo.</translation>
    </message>
    <message>
      <source>The left camera has a hit that waits.</source>
      <translation>La cámara izquierda tiene una coincidencia en espera.</translation>
    </message>
    <message>
      <source>The left camera is not seeing; nothing is known of that side.</source>
      <translation>La cámara izquierda no ve; de ese lado no se sabe nada.</translation>
    </message>
    <message>
      <source>The link is lost while the records check runs. What gives the answer now?</source>
      <translation>El enlace se pierde mientras corre la consulta. ¿Qué da ahora la respuesta?</translation>
    </message>
    <message>
      <source>The link to headquarters is red. What still works?</source>
      <translation>El enlace con la central está en rojo. ¿Qué sigue funcionando?</translation>
    </message>
    <message>
      <source>The list is closed. Exigent circumstances need facts, and are looked at by a supervisor.</source>
      <translation>La lista es cerrada. Las circunstancias apremiantes necesitan hechos, y las revisa un supervisor.</translation>
    </message>
    <message>
      <source>The list may not be updated or live. The program asks the records check when you begin to verify. An active answer is needed before the stop; for what comes after it, an arrest or a seizure, the word of a person at communications or at the entering agency.</source>
      <translation>La lista puede no estar actualizada ni en vivo. El programa hace la consulta cuando usted empieza a verificar. Antes de la parada hace falta una respuesta vigente; para lo que viene después, un arresto o una incautación, la palabra de una persona de comunicaciones o de la agencia que hizo la entrada.</translation>
    </message>
    <message>
      <source>The list, because the camera matched it exactly.</source>
      <translation>La lista, porque la cámara coincidió exactamente.</translation>
    </message>
    <message>
      <source>The list, since it matched.</source>
      <translation>La lista, porque coincidió.</translation>
    </message>
    <message>
      <source>The older one, always.</source>
      <translation>Siempre la más antigua.</translation>
    </message>
    <message>
      <source>The one that stands first: they are in the order of their urgency.</source>
      <translation>La que está primero: están en orden de urgencia.</translation>
    </message>
    <message>
      <source>The one with the better picture.</source>
      <translation>La que tiene la mejor imagen.</translation>
    </message>
    <message>
      <source>The other ways</source>
      <translation>Las otras vías</translation>
    </message>
    <message>
      <source>The owner's word.</source>
      <translation>La palabra del dueño.</translation>
    </message>
    <message>
      <source>The plate alone.</source>
      <translation>Solo la placa.</translation>
    </message>
    <message>
      <source>The plate without its category.</source>
      <translation>La placa sin su categoría.</translation>
    </message>
    <message>
      <source>The policy names all three.</source>
      <translation>La política nombra las tres cosas.</translation>
    </message>
    <message>
      <source>The program guides you: a picture from each camera with its aim drawn in, sharpness and light measured, a plate that is read. What it finds is on record under your name.</source>
      <translation>El programa lo guía: una imagen de cada cámara con su puntería dibujada, nitidez y luz medidas, una placa que se lee. Lo que encuentra queda registrado con su nombre.</translation>
    </message>
    <message>
      <source>The quarterly audit judges whether each search is complete. An error that is told is no knowing misuse.</source>
      <translation>La auditoría trimestral juzga si cada búsqueda es completa. Un error que se dice no es uso indebido a sabiendas.</translation>
    </message>
    <message>
      <source>The reader records vehicles that are visible to the public: on a street, or from one. Anything else needs a court order, such as a search warrant. A deployment says in its record that it reads from public view, or names the order.</source>
      <translation>El lector registra vehículos que el público puede ver: en una calle, o desde una. Cualquier otra cosa necesita una orden judicial, como una orden de registro. Un despliegue dice en su asiento que lee a la vista del público, o nombra la orden.</translation>
    </message>
    <message>
      <source>The record was lost.</source>
      <translation>El registro se perdió.</translation>
    </message>
    <message>
      <source>The records check says 'no record', the list says stolen. Which counts?</source>
      <translation>La consulta dice 'sin registro', la lista dice robado. ¿Cuál vale?</translation>
    </message>
    <message>
      <source>The records check: the hit is not active, and there is no stop on it.</source>
      <translation>La consulta: la coincidencia no está vigente, y no hay parada por ella.</translation>
    </message>
    <message>
      <source>The screen on patrol</source>
      <translation>La pantalla de patrulla</translation>
    </message>
    <message>
      <source>The screen orders them; N goes to the next. None is dropped.</source>
      <translation>La pantalla las ordena; N pasa a la próxima. Ninguna se pierde.</translation>
    </message>
    <message>
      <source>The screen says 5SOW750. You look at the car. What do you type?</source>
      <translation>La pantalla dice 5SOW750. Usted mira el vehículo. ¿Qué escribe?</translation>
    </message>
    <message>
      <source>The sign-in says: 'Training is not complete: Sharing data outside of the state.' Why may that be?</source>
      <translation>El inicio de sesión dice: 'La capacitación no está completa: Compartir datos fuera del estado.' ¿A qué puede deberse?</translation>
    </message>
    <message>
      <source>The stop was recorded with a warning.</source>
      <translation>La parada se registró con una advertencia.</translation>
    </message>
    <message>
      <source>The system and its data are for official law enforcement. Each search, each entry and each stop names one of the permitted purposes. If none of them fits, the answer is not to pick the nearest. It is not to do it.</source>
      <translation>El sistema y sus datos son para la labor policial oficial. Cada búsqueda, cada entrada y cada parada nombra uno de los propósitos permitidos. Si ninguno corresponde, la respuesta no es elegir el más cercano. Es no hacerlo.</translation>
    </message>
    <message>
      <source>The topic was never recorded for me, or a change has made it due again.</source>
      <translation>El tema nunca se registró para mí, o un cambio hace que se deba repetir.</translation>
    </message>
    <message>
      <source>The vendor, by mail.</source>
      <translation>Al proveedor, por correo.</translation>
    </message>
    <message>
      <source>The vendor, once a year.</source>
      <translation>El proveedor, una vez al año.</translation>
    </message>
    <message>
      <source>The vendor.</source>
      <translation>El proveedor.</translation>
    </message>
    <message>
      <source>Thirty days, unless it is evidence</source>
      <translation>Treinta días, salvo que sea prueba</translation>
    </message>
    <message>
      <source>Topics end after a year by themselves.</source>
      <translation>Los temas vencen solos al cabo de un año.</translation>
    </message>
    <message>
      <source>Training stands until a change that touches it is marked.</source>
      <translation>La capacitación vale hasta que se anota un cambio que la toca.</translation>
    </message>
    <message>
      <source>Two alerts come within seconds. Which do you work first?</source>
      <translation>Llegan dos alertas con segundos de diferencia. ¿Cuál atiende primero?</translation>
    </message>
    <message>
      <source>Two statutes to know</source>
      <translation>Dos leyes que hay que conocer</translation>
    </message>
    <message>
      <source>Use solely because of a protected characteristic.</source>
      <translation>El uso únicamente por una característica protegida.</translation>
    </message>
    <message>
      <source>Vehicle: make, body, color against the entry. A plate that fits and a vehicle that does not is a swapped plate, or a mistake. Either way it is not what the entry describes.</source>
      <translation>Vehículo: marca, carrocería y color frente a la entrada. Una placa que coincide y un vehículo que no son una placa cambiada o un error. En ambos casos no es lo que describe la entrada.</translation>
    </message>
    <message>
      <source>Verify, and type what the reader read.</source>
      <translation>Verificar, y escribir lo que leyó el lector.</translation>
    </message>
    <message>
      <source>Verifying</source>
      <translation>Verificar</translation>
    </message>
    <message>
      <source>Violations of the policy or of law are reported to the Chief.</source>
      <translation>Las infracciones de la política o de la ley se informan al Chief.</translation>
    </message>
    <message>
      <source>Wait for the audit.</source>
      <translation>Espero a la auditoría.</translation>
    </message>
    <message>
      <source>What a list is, and is not</source>
      <translation>Qué es una lista, y qué no es</translation>
    </message>
    <message>
      <source>What can knowing misuse lead to?</source>
      <translation>¿A qué puede llevar el uso indebido a sabiendas?</translation>
    </message>
    <message>
      <source>What does the written declaration of another state's agency affirm?</source>
      <translation>¿Qué afirma la declaración escrita de la agencia de otro estado?</translation>
    </message>
    <message>
      <source>What fails is out of service</source>
      <translation>Lo que falla queda fuera de servicio</translation>
    </message>
    <message>
      <source>What is potential evidence is taken into a case before that, with the case number and your name, and is kept until the case's final disposition. What has gone can be proved without keeping it.</source>
      <translation>Lo que puede ser prueba se lleva antes a un caso, con el número de caso y su nombre, y se guarda hasta la resolución final del caso. Lo que se borró se puede demostrar sin guardarlo.</translation>
    </message>
    <message>
      <source>What makes it lawful to record plates in a fenced lot that no street can see?</source>
      <translation>¿Qué hace lícito registrar placas en un lote cercado que no se ve desde ninguna calle?</translation>
    </message>
    <message>
      <source>What misuse can cost</source>
      <translation>Lo que puede costar el uso indebido</translation>
    </message>
    <message>
      <source>What must an entry by hand have?</source>
      <translation>¿Qué debe tener una entrada a mano?</translation>
    </message>
    <message>
      <source>What stands on the car's plate, character by character.</source>
      <translation>Lo que está en la placa del vehículo, carácter por carácter.</translation>
    </message>
    <message>
      <source>What the list says, since it is the official record.</source>
      <translation>Lo que dice la lista, porque es el registro oficial.</translation>
    </message>
    <message>
      <source>What you cannot see you cannot confirm. Follow until you can.</source>
      <translation>Lo que no se ve no se puede confirmar. Siga al vehículo hasta que pueda.</translation>
    </message>
    <message>
      <source>What you may not look for</source>
      <translation>Lo que usted no puede buscar</translation>
    </message>
    <message>
      <source>When something is out</source>
      <translation>Cuando algo falta</translation>
    </message>
    <message>
      <source>When the car says no</source>
      <translation>Cuando la patrulla dice que no</translation>
    </message>
    <message>
      <source>When the system or the law changes, the Administrator marks the change with the topics that it touches and the day from which training counts. Those topics are due again for everybody. There may be a day until which access stays open; after it the sign-in names what is missing.</source>
      <translation>Cuando cambia el sistema o la ley, el Administrador anota el cambio con los temas que toca y el día desde el que cuenta la capacitación. Esos temas se deben repetir, por todos. Puede haber un día hasta el que el acceso sigue abierto; después el inicio de sesión nombra lo que falta.</translation>
    </message>
    <message>
      <source>When the vehicle is found</source>
      <translation>Cuando se encuentra el vehículo</translation>
    </message>
    <message>
      <source>Where the policy has them there are two: independent reasonable suspicion, in your own words, and exigent circumstances, with the facts. They go around a step, never around a 'no'. Exigent is flagged to a supervisor, and the steps that you skipped are still owed after the stop.</source>
      <translation>Donde la política las tiene son dos: sospecha razonable independiente, en sus propias palabras, y circunstancias apremiantes, con los hechos. Evitan un paso, nunca un 'no'. Las circunstancias apremiantes se señalan a un supervisor, y los pasos que usted saltó quedan pendientes después de la parada.</translation>
    </message>
    <message>
      <source>Which outside networks can reach the agency's data at all is the Chief's decision, or the designee's, on record. A switch in a vendor's settings is no decision.</source>
      <translation>Qué redes externas pueden alcanzar los datos de la agencia lo decide el Chief o la persona que designe, y queda registrado. Un interruptor en los ajustes de un proveedor no es una decisión.</translation>
    </message>
    <message>
      <source>Whichever is older.</source>
      <translation>La más antigua de las dos.</translation>
    </message>
    <message>
      <source>While you are signed in</source>
      <translation>Mientras su sesión está abierta</translation>
    </message>
    <message>
      <source>Who answers for the system</source>
      <translation>Quién responde por el sistema</translation>
    </message>
    <message>
      <source>Who audits the use of the system, and how often?</source>
      <translation>¿Quién audita el uso del sistema, y con qué frecuencia?</translation>
    </message>
    <message>
      <source>Who decides which regional networks can access the agency's reads?</source>
      <translation>¿Quién decide qué redes regionales pueden acceder a las lecturas de la agencia?</translation>
    </message>
    <message>
      <source>Who is alerted is limited by the entry. Curiosity is no need to know.</source>
      <translation>A quién se alerta lo limita la entrada. La curiosidad no es necesidad de saber.</translation>
    </message>
    <message>
      <source>Who may approve the entry that you asked for?</source>
      <translation>¿Quién puede aprobar la entrada que usted solicitó?</translation>
    </message>
    <message>
      <source>Who may give access to the system?</source>
      <translation>¿Quién puede dar acceso al sistema?</translation>
    </message>
    <message>
      <source>Who reports a camera's failure to the vendor?</source>
      <translation>¿Quién informa al proveedor de la falla de una cámara?</translation>
    </message>
    <message>
      <source>Whoever knowingly misuses the system or its data may face administrative sanctions up to termination, civil liability, and possibly criminal prosecution. That stands on the notice before each sign-in, so that nobody can say otherwise.</source>
      <translation>Quien a sabiendas usa mal el sistema o sus datos puede enfrentar sanciones administrativas hasta el despido, responsabilidad civil y posiblemente un proceso penal. Eso está en el aviso antes de cada inicio de sesión, para que nadie pueda decir otra cosa.</translation>
    </message>
    <message>
      <source>Whoever maintains the cars.</source>
      <translation>Quien da mantenimiento a las patrullas.</translation>
    </message>
    <message>
      <source>Whose reads these are</source>
      <translation>De quién son estas lecturas</translation>
    </message>
    <message>
      <source>Why you look</source>
      <translation>Por qué se mira</translation>
    </message>
    <message>
      <source>Without a link everything but the live answer goes on, and your records wait in the car until headquarters has them. Ask dispatch by radio and note what they said and who said it.</source>
      <translation>Sin enlace sigue todo menos la respuesta en vivo, y sus registros esperan en la patrulla hasta que la central los tenga. Pregunte a despacho por radio y anote qué dijo y quién lo dijo.</translation>
    </message>
    <message>
      <source>Without an order only vehicles that are visible to the public may be recorded.</source>
      <translation>Sin una orden solo se pueden registrar vehículos que el público puede ver.</translation>
    </message>
    <message>
      <source>Without that declaration on file and in force nothing is shared, transferred, sold or opened to them. The program refuses it, and the refusal is on record.</source>
      <translation>Sin esa declaración archivada y en vigor no se les comparte, transfiere, vende ni abre nada. El programa lo rechaza, y el rechazo queda registrado.</translation>
    </message>
    <message>
      <source>Without these a search does not run, and the quarterly audit looks for them.</source>
      <translation>Sin esto una búsqueda no se hace, y la auditoría trimestral lo revisa.</translation>
    </message>
    <message>
      <source>Yes, for stolen vehicles only.</source>
      <translation>Sí, solo para vehículos robados.</translation>
    </message>
    <message>
      <source>Yes, if a supervisor approves.</source>
      <translation>Sí, si un supervisor lo aprueba.</translation>
    </message>
    <message>
      <source>Yes, if the reads are deleted the next day.</source>
      <translation>Sí, si las lecturas se borran al día siguiente.</translation>
    </message>
    <message>
      <source>Yes, if you look twice.</source>
      <translation>Sí, si mira dos veces.</translation>
    </message>
    <message>
      <source>Yes, once the outcome is recorded.</source>
      <translation>Sí, una vez registrado el resultado.</translation>
    </message>
    <message>
      <source>Yes, streets are public.</source>
      <translation>Sí, las calles son públicas.</translation>
    </message>
    <message>
      <source>Yes, that is what the role is for.</source>
      <translation>Sí, para eso es la función.</translation>
    </message>
    <message>
      <source>Yes, unless somebody complains.</source>
      <translation>Sí, salvo que alguien se queje.</translation>
    </message>
    <message>
      <source>Yes, with the warrant's number.</source>
      <translation>Sí, con el número de la orden.</translation>
    </message>
    <message>
      <source>You answered a question on the screen wrongly. How do you correct it?</source>
      <translation>Usted contestó mal una pregunta en la pantalla. ¿Cómo la corrige?</translation>
    </message>
    <message>
      <source>You cannot see the plate because of traffic. Which key?</source>
      <translation>Usted no ve la placa por el tráfico. ¿Qué tecla?</translation>
    </message>
    <message>
      <source>You claimed exigent circumstances. The stop was right. Is it over?</source>
      <translation>Usted alegó circunstancias apremiantes. La parada fue correcta. ¿Ya terminó?</translation>
    </message>
    <message>
      <source>You found the car of an agency entry, parked and empty. What is left to do on the screen?</source>
      <translation>Usted encontró el vehículo de una entrada de la agencia, estacionado y vacío. ¿Qué queda por hacer en la pantalla?</translation>
    </message>
    <message>
      <source>You leave the car for a minute with the passenger still in it. What is right?</source>
      <translation>Usted deja la patrulla un minuto con el pasajero dentro. ¿Qué es lo correcto?</translation>
    </message>
    <message>
      <source>You named a wrong case number in a search. What now?</source>
      <translation>Usted puso un número de caso equivocado en una búsqueda. ¿Y ahora?</translation>
    </message>
    <message>
      <source>You notice that a colleague searches one private plate each week. Whom does it reach, and how?</source>
      <translation>Usted nota que un colega busca una placa particular cada semana. ¿A quién le llega, y cómo?</translation>
    </message>
    <message>
      <source>You prove yourself twice: a password that you alone know, and a code from your authenticator or a security key. A code counts once.</source>
      <translation>Usted se identifica dos veces: con una contraseña que solo usted conoce, y con un código de su autenticador o una llave de seguridad. Un código vale una sola vez.</translation>
    </message>
    <message>
      <source>You read the lesson again in its new version, answer its questions, do its drill, and your trainer signs.</source>
      <translation>Usted lee de nuevo la lección en su nueva versión, contesta sus preguntas, hace su ejercicio, y su instructor la firma.</translation>
    </message>
    <message>
      <source>You type the characters and the state as you see them on the vehicle, not as the screen shows them. Then you compare make, body and color. Meanwhile the records check runs by itself.</source>
      <translation>Usted escribe los caracteres y el estado como los ve en el vehículo, no como los muestra la pantalla. Luego compara marca, carrocería y color. Entretanto la consulta se hace sola.</translation>
    </message>
    <message>
      <source>You watch your entries: the screen shows what is about to expire. Renew what is still needed, for a reason.</source>
      <translation>Usted vigila sus entradas: la pantalla muestra lo que está por vencer. Renueve lo que aún hace falta, con un motivo.</translation>
    </message>
    <message>
      <source>You were trained last year. The sign-in names a topic as missing. What has happened?</source>
      <translation>Usted se capacitó el año pasado. El inicio de sesión nombra un tema que falta. ¿Qué ocurrió?</translation>
    </message>
    <message>
      <source>You write the report of a stop that began with an alert. What must be in it?</source>
      <translation>Usted escribe el informe de una parada que empezó con una alerta. ¿Qué debe decir?</translation>
    </message>
    <message>
      <source>You, by calling a number on the mount.</source>
      <translation>Usted, llamando a un número en el soporte.</translation>
    </message>
    <message>
      <source>Your own entries</source>
      <translation>Sus propias entradas</translation>
    </message>
    <message>
      <source>Your part</source>
      <translation>Su parte</translation>
    </message>
    <message>
      <source>Your partner says: 'It is confirmed, I saw the alert.' What is that worth?</source>
      <translation>Su compañero dice: 'Está confirmada, vi la alerta.' ¿Cuánto vale eso?</translation>
    </message>
    <message>
      <source>Your partner's authenticator is at home. Alerts come in. What do you do?</source>
      <translation>El autenticador de su compañero está en casa. Llegan alertas. ¿Qué hace usted?</translation>
    </message>
  </context>
  <context>
    <name>matches</name>
    <message>
      <source>= exact match</source>
      <translation>= coincidencia exacta</translation>
    </message>
    <message>
      <source>TRAINING: not a real vehicle</source>
      <translation>ENTRENAMIENTO: no es un vehículo real</translation>
    </message>
    <message>
      <source>camera is out of service</source>
      <translation>cámara fuera de servicio</translation>
    </message>
    <message>
      <source>description only: a lead</source>
      <translation>solo descripción: una pista</translation>
    </message>
    <message>
      <source>earlier sighting, not now</source>
      <translation>vista antes, no ahora</translation>
    </message>
    <message>
      <source>entry has expired</source>
      <translation>la entrada venció</translation>
    </message>
    <message>
      <source>≈ approximate: characters differ</source>
      <translation>≈ aproximada: difieren caracteres</translation>
    </message>
    <message>
      <source>≈ part of a plate</source>
      <translation>≈ parte de una placa</translation>
    </message>
    <message>
      <source>≈ wildcard: look only</source>
      <translation>≈ comodín: solo mirar</translation>
    </message>
  </context>
  <context>
    <name>owed</name>
    <message>
      <source>outcome owed</source>
      <translation>resultado pendiente</translation>
    </message>
    <message>
      <source>owed: %1</source>
      <translation>pendiente: %1</translation>
    </message>
  </context>
  <context>
    <name>policy</name>
    <message>
      <source>A protected characteristic alone</source>
      <translation>Únicamente una característica protegida</translation>
    </message>
    <message>
      <source>Administrative immigration matter</source>
      <translation>Asunto administrativo de inmigración</translation>
    </message>
    <message>
      <source>C.G.S. 54-192h(b)(1)(A)(i)</source>
      <translation>C.G.S. 54-192h(b)(1)(A)(i)</translation>
    </message>
    <message>
      <source>C.G.S. 54-192h(b)(1)(A)(ii)</source>
      <translation>C.G.S. 54-192h(b)(1)(A)(ii)</translation>
    </message>
    <message>
      <source>C.G.S. 54-192h(b)(1)(A)(iii)</source>
      <translation>C.G.S. 54-192h(b)(1)(A)(iii)</translation>
    </message>
    <message>
      <source>Civil immigration matter</source>
      <translation>Asunto civil de inmigración</translation>
    </message>
    <message>
      <source>Civil investigation of the department</source>
      <translation>Investigación civil del departamento</translation>
    </message>
    <message>
      <source>Concern for safety</source>
      <translation>Preocupación por la seguridad</translation>
    </message>
    <message>
      <source>Concern of wrongdoing</source>
      <translation>Sospecha de una falta</translation>
    </message>
    <message>
      <source>Court order</source>
      <translation>Orden judicial</translation>
    </message>
    <message>
      <source>Crash with death or serious injury</source>
      <translation>Choque con muerte o lesión grave</translation>
    </message>
    <message>
      <source>Crash with evading responsibility</source>
      <translation>Choque con fuga</translation>
    </message>
    <message>
      <source>Criminal immigration matter</source>
      <translation>Asunto penal de inmigración</translation>
    </message>
    <message>
      <source>Criminal investigation</source>
      <translation>Investigación penal</translation>
    </message>
    <message>
      <source>Exigent circumstances</source>
      <translation>Circunstancias apremiantes</translation>
    </message>
    <message>
      <source>Flight or evasion from law enforcement</source>
      <translation>Fuga o evasión de la policía</translation>
    </message>
    <message>
      <source>Harassing or intimidating a person or group</source>
      <translation>Acosar o intimidar a una persona o grupo</translation>
    </message>
    <message>
      <source>Identifying people who exercise First Amendment rights</source>
      <translation>Identificar a quienes ejercen derechos de la Primera Enmienda</translation>
    </message>
    <message>
      <source>Investigate a criminal offense (reasonable suspicion)</source>
      <translation>Investigar un delito (sospecha razonable)</translation>
    </message>
    <message>
      <source>Investigate a motor vehicle offense (reasonable suspicion)</source>
      <translation>Investigar una infracción de tránsito (sospecha razonable)</translation>
    </message>
    <message>
      <source>Locate a fugitive from justice</source>
      <translation>Localizar a un fugitivo de la justicia</translation>
    </message>
    <message>
      <source>Locate a wanted person, suspect, stolen vehicle or plate</source>
      <translation>Localizar persona, vehículo o placa buscados</translation>
    </message>
    <message>
      <source>Missing person or child, AMBER Alert</source>
      <translation>Persona o menor desaparecido, Alerta AMBER</translation>
    </message>
    <message>
      <source>Missing, exploited or endangered person</source>
      <translation>Persona desaparecida, explotada o en peligro</translation>
    </message>
    <message>
      <source>National security, terrorist watch list</source>
      <translation>Seguridad nacional, lista de vigilancia de terroristas</translation>
    </message>
    <message>
      <source>Personal use</source>
      <translation>Uso personal</translation>
    </message>
    <message>
      <source>Physical surveillance is dangerous or compromised</source>
      <translation>La vigilancia física es peligrosa o fue descubierta</translation>
    </message>
    <message>
      <source>Recording what is not visible to the public</source>
      <translation>Grabar lo que el público no puede ver</translation>
    </message>
    <message>
      <source>Releasing a case's data</source>
      <translation>Liberar los datos de un caso</translation>
    </message>
    <message>
      <source>Reproductive or gender-affirming health care that is legal in the state</source>
      <translation>Atención reproductiva o de afirmación de género que es legal en el estado</translation>
    </message>
    <message>
      <source>Stolen or wanted vehicle</source>
      <translation>Vehículo robado o buscado</translation>
    </message>
    <message>
      <source>Taking data into a case</source>
      <translation>Incorporar datos a un caso</translation>
    </message>
    <message>
      <source>Wanted person</source>
      <translation>Persona buscada</translation>
    </message>
    <message>
      <source>Wrong-way or impaired driver, medical emergency</source>
      <translation>Conductor en contravía o ebrio, emergencia médica</translation>
    </message>
  </context>
  <context>
    <name>purposes</name>
    <message>
      <source>F6 asks for it and its facts</source>
      <translation>F6 lo pide con sus hechos</translation>
    </message>
    <message>
      <source>F6 takes it</source>
      <translation>F6 lo toma</translation>
    </message>
    <message>
      <source>Purpose · F6</source>
      <translation>Propósito · F6</translation>
    </message>
    <message>
      <source>Suggested: %1</source>
      <translation>Sugerido: %1</translation>
    </message>
    <message>
      <source>none chosen</source>
      <translation>ninguno elegido</translation>
    </message>
  </context>
  <context>
    <name>refusals</name>
    <message>
      <source>%1 asks again who you are: there is no proof of the last %2 minutes.</source>
      <translation>%1 pide de nuevo su identidad: no hay prueba de los últimos %2 minutos.</translation>
    </message>
    <message>
      <source>%1 can't be written.</source>
      <translation>No se puede escribir %1.</translation>
    </message>
    <message>
      <source>A case needs its number and a reason.</source>
      <translation>Un caso necesita su número y un motivo.</translation>
    </message>
    <message>
      <source>A finding wants its reason.</source>
      <translation>Un hallazgo exige su motivo.</translation>
    </message>
    <message>
      <source>A hot list is not complete.</source>
      <translation>Una lista de alerta no está completa.</translation>
    </message>
    <message>
      <source>A hot list is older than the one in force.</source>
      <translation>Una lista de alerta es anterior a la vigente.</translation>
    </message>
    <message>
      <source>A hot list's delivery is not there.</source>
      <translation>Falta la entrega de una lista de alerta.</translation>
    </message>
    <message>
      <source>A hot list's delta does not fit the list in force.</source>
      <translation>El cambio de una lista de alerta no corresponde a la vigente.</translation>
    </message>
    <message>
      <source>A hot list's delta does not lead to the count that it names.</source>
      <translation>El cambio de una lista de alerta no da la cantidad que indica.</translation>
    </message>
    <message>
      <source>A hot list's entry can't be read.</source>
      <translation>No se puede leer una entrada de la lista de alerta.</translation>
    </message>
    <message>
      <source>A new read of the vehicle opens a new hit.</source>
      <translation>Otra lectura del vehículo abre otra coincidencia.</translation>
    </message>
    <message>
      <source>A repair wants its source, who authorized that, and what was done.</source>
      <translation>Una reparación pide su fuente, quién la autorizó y qué se hizo.</translation>
    </message>
    <message>
      <source>A secret in headquarters' database was sealed by another key.</source>
      <translation>Un secreto en la base de datos de la central se selló con otra clave.</translation>
    </message>
    <message>
      <source>A stop needs its own hit's gate, a purpose and a person.</source>
      <translation>Una parada necesita su propia verificación, un propósito y una persona.</translation>
    </message>
    <message>
      <source>A supervisor releases a case's data.</source>
      <translation>Un supervisor libera los datos de un caso.</translation>
    </message>
    <message>
      <source>An answer came for a hit that is not on record.</source>
      <translation>Llegó una respuesta para una coincidencia que no está registrada.</translation>
    </message>
    <message>
      <source>An officer has to do it.</source>
      <translation>Debe hacerlo un oficial.</translation>
    </message>
    <message>
      <source>Another list came meanwhile.</source>
      <translation>Entretanto llegó otra lista.</translation>
    </message>
    <message>
      <source>Another record has this id.</source>
      <translation>Otro asiento tiene este id.</translation>
    </message>
    <message>
      <source>Another request has this id.</source>
      <translation>Otra solicitud tiene este id.</translation>
    </message>
    <message>
      <source>Another search has this id.</source>
      <translation>Otra búsqueda tiene este id.</translation>
    </message>
    <message>
      <source>Answer 'match' if you were wrong, or end the hit.</source>
      <translation>Conteste 'coincide' si se equivocó, o termine la coincidencia.</translation>
    </message>
    <message>
      <source>Answer what is asked.</source>
      <translation>Conteste lo que se pregunta.</translation>
    </message>
    <message>
      <source>Ask IT to make the store anew.</source>
      <translation>Pida a soporte técnico que rehaga la base de datos.</translation>
    </message>
    <message>
      <source>Ask again later.</source>
      <translation>Pregunte más tarde.</translation>
    </message>
    <message>
      <source>Ask again.</source>
      <translation>Pregunte otra vez.</translation>
    </message>
    <message>
      <source>Ask an Administrator.</source>
      <translation>Pregunte a un Administrador.</translation>
    </message>
    <message>
      <source>Ask another auditor.</source>
      <translation>Pídalo a otro auditor.</translation>
    </message>
    <message>
      <source>Ask another supervisor.</source>
      <translation>Pídalo a otro supervisor.</translation>
    </message>
    <message>
      <source>Ask for a narrower request.</source>
      <translation>Pida algo más limitado.</translation>
    </message>
    <message>
      <source>Ask for a new one.</source>
      <translation>Pida uno nuevo.</translation>
    </message>
    <message>
      <source>Ask headquarters for a new code ('mdt hq enrol').</source>
      <translation>Pida a la central un código nuevo ('mdt hq enrol').</translation>
    </message>
    <message>
      <source>Ask its owner or a supervisor.</source>
      <translation>Pregunte a su dueño o a un supervisor.</translation>
    </message>
    <message>
      <source>Ask somebody else.</source>
      <translation>Pídalo a otra persona.</translation>
    </message>
    <message>
      <source>Ask the Administrator for a release code.</source>
      <translation>Pida al Administrador un código de desbloqueo.</translation>
    </message>
    <message>
      <source>Ask the Administrator for an exception.</source>
      <translation>Pida una excepción al Administrador.</translation>
    </message>
    <message>
      <source>Ask the Administrator.</source>
      <translation>Pregunte al Administrador.</translation>
    </message>
    <message>
      <source>Ask the Administrator: 'mdt hq serve --reads-store'.</source>
      <translation>Pregunte al Administrador: 'mdt hq serve --reads-store'.</translation>
    </message>
    <message>
      <source>Ask the state's control agency through dispatch.</source>
      <translation>Pregunte a la agencia de control del estado por despacho.</translation>
    </message>
    <message>
      <source>Ask your supervisor.</source>
      <translation>Pregunte a su supervisor.</translation>
    </message>
    <message>
      <source>Bring the desk up to date.</source>
      <translation>Actualice la consola.</translation>
    </message>
    <message>
      <source>Bring the older side up to date.</source>
      <translation>Actualice el lado más viejo.</translation>
    </message>
    <message>
      <source>Call the Administrator.</source>
      <translation>Llame al Administrador.</translation>
    </message>
    <message>
      <source>Change the request.</source>
      <translation>Cambie la solicitud.</translation>
    </message>
    <message>
      <source>Check %1; take it away to begin anew.</source>
      <translation>Revise %1; quítelo para empezar de nuevo.</translation>
    </message>
    <message>
      <source>Check its address and the network.</source>
      <translation>Revise su dirección y la red.</translation>
    </message>
    <message>
      <source>Check its key, its disk and its server; nothing was changed.</source>
      <translation>Revise su clave, su disco y su servidor; nada cambió.</translation>
    </message>
    <message>
      <source>Check its number.</source>
      <translation>Revise su número.</translation>
    </message>
    <message>
      <source>Check that it is the server's version.</source>
      <translation>Revise que sea la versión del servidor.</translation>
    </message>
    <message>
      <source>Check the address and the network, and report it.</source>
      <translation>Revise la dirección y la red, e infórmelo.</translation>
    </message>
    <message>
      <source>Check the disk, then start again.</source>
      <translation>Revise el disco y arranque de nuevo.</translation>
    </message>
    <message>
      <source>Check the disk; nothing changed.</source>
      <translation>Revise el disco; nada cambió.</translation>
    </message>
    <message>
      <source>Check the disk; readers send again.</source>
      <translation>Revise el disco; los lectores envían otra vez.</translation>
    </message>
    <message>
      <source>Check the folder %1.</source>
      <translation>Revise la carpeta %1.</translation>
    </message>
    <message>
      <source>Check the folder.</source>
      <translation>Revise la carpeta.</translation>
    </message>
    <message>
      <source>Choose another act.</source>
      <translation>Elija otra acción.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Elija otro nombre.</translation>
    </message>
    <message>
      <source>Choose another, and report it.</source>
      <translation>Elija otro y repórtelo.</translation>
    </message>
    <message>
      <source>Choose at least one.</source>
      <translation>Elija al menos una.</translation>
    </message>
    <message>
      <source>Choose from the list.</source>
      <translation>Elija de la lista.</translation>
    </message>
    <message>
      <source>Choose the issuing state that you see.</source>
      <translation>Elija el estado emisor que ve.</translation>
    </message>
    <message>
      <source>Complete it with a trainer; access opens by itself.</source>
      <translation>Complételo con un instructor; el acceso se abre solo.</translation>
    </message>
    <message>
      <source>Connect to headquarters, then try again.</source>
      <translation>Conéctese a la central e intente de nuevo.</translation>
    </message>
    <message>
      <source>Connect to headquarters.</source>
      <translation>Conéctese a la central.</translation>
    </message>
    <message>
      <source>Correct it.</source>
      <translation>Corríjalo.</translation>
    </message>
    <message>
      <source>End the application on this machine, then try again.</source>
      <translation>Cierre la aplicación en esta máquina e intente de nuevo.</translation>
    </message>
    <message>
      <source>End the hit first.</source>
      <translation>Termine primero la coincidencia.</translation>
    </message>
    <message>
      <source>Enter both.</source>
      <translation>Escriba ambos.</translation>
    </message>
    <message>
      <source>Enter it.</source>
      <translation>Escríbalo.</translation>
    </message>
    <message>
      <source>Fetch the lists again.</source>
      <translation>Traiga las listas de nuevo.</translation>
    </message>
    <message>
      <source>Fill in all three, briefly.</source>
      <translation>Llene los tres, en breve.</translation>
    </message>
    <message>
      <source>Fill it in.</source>
      <translation>Complételo.</translation>
    </message>
    <message>
      <source>Give 'reads' with what it is to read, or a clearer light and weather.</source>
      <translation>Indique en «reads» lo que debe leer, o una luz y un tiempo más claros.</translation>
    </message>
    <message>
      <source>Give the key that headquarters was made with.</source>
      <translation>Dé la clave con que se creó la central.</translation>
    </message>
    <message>
      <source>Give two characters of the plate, or a vehicle, a camera or a place.</source>
      <translation>Dé dos caracteres de la placa, o un vehículo, una cámara o un lugar.</translation>
    </message>
    <message>
      <source>Give your password and your second factor.</source>
      <translation>Dé su contraseña y su segundo factor.</translation>
    </message>
    <message>
      <source>Go back to the hits.</source>
      <translation>Vuelva a las coincidencias.</translation>
    </message>
    <message>
      <source>Go back to the list of hits.</source>
      <translation>Vuelva a la lista de coincidencias.</translation>
    </message>
    <message>
      <source>Go by its answer.</source>
      <translation>Guíese por su respuesta.</translation>
    </message>
    <message>
      <source>Go to the drills (Esc) and fill in the field 'Trainer'.</source>
      <translation>Vaya a los ejercicios (Esc) y llene el campo «Instructor».</translation>
    </message>
    <message>
      <source>Hand it to the Administrator.</source>
      <translation>Entréguela al Administrador.</translation>
    </message>
    <message>
      <source>Headquarters does not answer.</source>
      <translation>La central no responde.</translation>
    </message>
    <message>
      <source>Headquarters has locked this car.</source>
      <translation>La central bloqueó esta patrulla.</translation>
    </message>
    <message>
      <source>Headquarters has no such entry.</source>
      <translation>La central no tiene esa entrada.</translation>
    </message>
    <message>
      <source>Headquarters is still reading its hot lists.</source>
      <translation>La central aún está leyendo sus listas.</translation>
    </message>
    <message>
      <source>Headquarters issued a certificate for another key.</source>
      <translation>La central emitió un certificado para otra clave.</translation>
    </message>
    <message>
      <source>Headquarters keeps its records in PostgreSQL or in its own file.</source>
      <translation>La central guarda sus registros en PostgreSQL o en su propio archivo.</translation>
    </message>
    <message>
      <source>Headquarters keeps no bulk reads under this policy, and knows no vendor's store.</source>
      <translation>Con esta política la central no guarda lecturas masivas, ni conoce el archivo de un proveedor.</translation>
    </message>
    <message>
      <source>Headquarters knows no such officer.</source>
      <translation>La central no conoce a ese oficial.</translation>
    </message>
    <message>
      <source>Headquarters' answer can't be understood.</source>
      <translation>No se entiende la respuesta de la central.</translation>
    </message>
    <message>
      <source>Headquarters' database could not do this.</source>
      <translation>La base de datos de la central no pudo hacerlo.</translation>
    </message>
    <message>
      <source>Headquarters' database is busy.</source>
      <translation>La base de datos de la central está ocupada.</translation>
    </message>
    <message>
      <source>Headquarters' database is not of this version.</source>
      <translation>La base de datos de la central no es de esta versión.</translation>
    </message>
    <message>
      <source>Install the application again.</source>
      <translation>Instale la aplicación de nuevo.</translation>
    </message>
    <message>
      <source>It is as it was. Check the disk.</source>
      <translation>Está como estaba. Revise el disco.</translation>
    </message>
    <message>
      <source>It is fetched again.</source>
      <translation>Se trae otra vez.</translation>
    </message>
    <message>
      <source>It is tried again by itself.</source>
      <translation>Se intenta de nuevo por sí solo.</translation>
    </message>
    <message>
      <source>It was seen to differ; 'can't see' does not undo that.</source>
      <translation>Se vio que difiere; 'no se ve' no lo deshace.</translation>
    </message>
    <message>
      <source>Judge each of them.</source>
      <translation>Evalúe cada una.</translation>
    </message>
    <message>
      <source>Leave it as it is.</source>
      <translation>Déjelo como está.</translation>
    </message>
    <message>
      <source>Let the person complete these topics.</source>
      <translation>Que la persona complete estos temas.</translation>
    </message>
    <message>
      <source>Look at 'mdt hq devices'.</source>
      <translation>Mire 'mdt hq devices'.</translation>
    </message>
    <message>
      <source>Look at it again.</source>
      <translation>Mírelo de nuevo.</translation>
    </message>
    <message>
      <source>Look at the audit again.</source>
      <translation>Mire la auditoría de nuevo.</translation>
    </message>
    <message>
      <source>Look at the list again.</source>
      <translation>Mire la lista de nuevo.</translation>
    </message>
    <message>
      <source>Look it up again; it may have expired.</source>
      <translation>Búsquelo otra vez; puede haber vencido.</translation>
    </message>
    <message>
      <source>Look it up among the accounts.</source>
      <translation>Búsquelo entre las cuentas.</translation>
    </message>
    <message>
      <source>Make room on the disk, then start again.</source>
      <translation>Haga espacio en el disco y arranque de nuevo.</translation>
    </message>
    <message>
      <source>Make room on the disk; try again, a reserve may have been freed.</source>
      <translation>Haga espacio en el disco; intente de nuevo, quizá se liberó una reserva.</translation>
    </message>
    <message>
      <source>Make room, then try again.</source>
      <translation>Haga espacio e intente de nuevo.</translation>
    </message>
    <message>
      <source>Make the check, then put it on record.</source>
      <translation>Haga la prueba y luego regístrela.</translation>
    </message>
    <message>
      <source>Move it away, and run 'mdt hq init'.</source>
      <translation>Muévala, y ejecute 'mdt hq init'.</translation>
    </message>
    <message>
      <source>Mute it again when the time is over.</source>
      <translation>Siléncielo otra vez cuando termine el tiempo.</translation>
    </message>
    <message>
      <source>No accounts have come from headquarters yet.</source>
      <translation>Aún no han llegado cuentas de la central.</translation>
    </message>
    <message>
      <source>No characters are given.</source>
      <translation>No se dieron caracteres.</translation>
    </message>
    <message>
      <source>No drill has been run.</source>
      <translation>No se ha hecho ningún ejercicio.</translation>
    </message>
    <message>
      <source>No headquarters is named.</source>
      <translation>No se ha indicado una central.</translation>
    </message>
    <message>
      <source>No hit confirmation was requested.</source>
      <translation>No se pidió confirmación de la coincidencia.</translation>
    </message>
    <message>
      <source>No person has confirmed that the hit is still active.</source>
      <translation>Ninguna persona ha confirmado que siga vigente.</translation>
    </message>
    <message>
      <source>No plate is confirmed for this hit.</source>
      <translation>Ninguna placa está confirmada para esta coincidencia.</translation>
    </message>
    <message>
      <source>No state is chosen.</source>
      <translation>No se eligió estado.</translation>
    </message>
    <message>
      <source>No trainer is named.</source>
      <translation>No se ha indicado un instructor.</translation>
    </message>
    <message>
      <source>Nobody decides about their own stop.</source>
      <translation>Nadie decide sobre su propia parada.</translation>
    </message>
    <message>
      <source>Nobody decides in their own matter.</source>
      <translation>Nadie decide en su propio asunto.</translation>
    </message>
    <message>
      <source>Nobody else is named.</source>
      <translation>No se nombró a otra persona.</translation>
    </message>
    <message>
      <source>Nobody has touched this desk for %1 minutes.</source>
      <translation>Nadie ha usado este puesto en %1 minutos.</translation>
    </message>
    <message>
      <source>Nobody is named.</source>
      <translation>No se nombró a nadie.</translation>
    </message>
    <message>
      <source>Nobody is signed in at this desk.</source>
      <translation>Nadie ha entrado en este puesto.</translation>
    </message>
    <message>
      <source>Nobody judges their own query.</source>
      <translation>Nadie evalúa su propia consulta.</translation>
    </message>
    <message>
      <source>Nobody opens this for themselves.</source>
      <translation>Nadie abre esto para sí mismo.</translation>
    </message>
    <message>
      <source>Nothing is complete and unsigned.</source>
      <translation>No hay nada completo sin firmar.</translation>
    </message>
    <message>
      <source>Nothing on record speaks against this entry.</source>
      <translation>Nada registrado contradice esta entrada.</translation>
    </message>
    <message>
      <source>Only a drill whose listed cars all came by, and no replay, goes on record.</source>
      <translation>Solo se registra un ejercicio en el que pasaron todos los vehículos de la lista, y ninguna repetición.</translation>
    </message>
    <message>
      <source>Open a new one.</source>
      <translation>Abra uno nuevo.</translation>
    </message>
    <message>
      <source>Other lists came all the while.</source>
      <translation>Llegaban otras listas sin cesar.</translation>
    </message>
    <message>
      <source>Plate: 1 to 10 letters and digits. State: choose it.</source>
      <translation>Placa: de 1 a 10 letras y dígitos. Estado: elíjalo.</translation>
    </message>
    <message>
      <source>Read a lesson, answer its questions, pass its drills.</source>
      <translation>Lea una lección, responda sus preguntas, apruebe sus ejercicios.</translation>
    </message>
    <message>
      <source>Read it and acknowledge it.</source>
      <translation>Léalo y acéptelo.</translation>
    </message>
    <message>
      <source>Read out the new challenge.</source>
      <translation>Lea el número nuevo.</translation>
    </message>
    <message>
      <source>Reinstall the program.</source>
      <translation>Reinstale el programa.</translation>
    </message>
    <message>
      <source>Report it.</source>
      <translation>Infórmelo.</translation>
    </message>
    <message>
      <source>Report the fault.</source>
      <translation>Informe la falla.</translation>
    </message>
    <message>
      <source>Request it first.</source>
      <translation>Pídala primero.</translation>
    </message>
    <message>
      <source>Run 'mdt hq init' again.</source>
      <translation>Ejecute 'mdt hq init' de nuevo.</translation>
    </message>
    <message>
      <source>Run 'mdt hq init' first.</source>
      <translation>Ejecute primero 'mdt hq init'.</translation>
    </message>
    <message>
      <source>Run 'mdt hq init', at a store its grant.</source>
      <translation>Ejecute 'mdt hq init', en un archivo de lecturas su permiso.</translation>
    </message>
    <message>
      <source>Run one first.</source>
      <translation>Haga uno primero.</translation>
    </message>
    <message>
      <source>Run the drill again from its beginning.</source>
      <translation>Haga el ejercicio otra vez desde el principio.</translation>
    </message>
    <message>
      <source>Run the drill again with your name in the field 'Trainer'.</source>
      <translation>Haga el ejercicio otra vez con su nombre en el campo «Instructor».</translation>
    </message>
    <message>
      <source>Say in your own words why the case needs them.</source>
      <translation>Diga con sus palabras por qué las necesita el caso.</translation>
    </message>
    <message>
      <source>Say in your own words why you search.</source>
      <translation>Diga con sus palabras por qué busca.</translation>
    </message>
    <message>
      <source>Say it in three words or more.</source>
      <translation>Dígalo en tres palabras o más.</translation>
    </message>
    <message>
      <source>Say it in your own words.</source>
      <translation>Dígalo con sus palabras.</translation>
    </message>
    <message>
      <source>Say them in three words or more.</source>
      <translation>Dígalos en tres palabras o más.</translation>
    </message>
    <message>
      <source>Say them in your own words.</source>
      <translation>Dígalos con sus palabras.</translation>
    </message>
    <message>
      <source>Say until when the agency needs.</source>
      <translation>Diga hasta cuándo necesita la agencia.</translation>
    </message>
    <message>
      <source>Say whether it is still active.</source>
      <translation>Diga si sigue vigente.</translation>
    </message>
    <message>
      <source>Say who answered by radio.</source>
      <translation>Diga quién contestó por radio.</translation>
    </message>
    <message>
      <source>Say who answered.</source>
      <translation>Diga quién contestó.</translation>
    </message>
    <message>
      <source>Search again, and choose anew.</source>
      <translation>Busque de nuevo, y elija otra vez.</translation>
    </message>
    <message>
      <source>Search again.</source>
      <translation>Busque de nuevo.</translation>
    </message>
    <message>
      <source>Security keys do not open this car.</source>
      <translation>Las llaves de seguridad no abren esta patrulla.</translation>
    </message>
    <message>
      <source>Send it as a new one.</source>
      <translation>Envíelo como nuevo.</translation>
    </message>
    <message>
      <source>Send the reads again.</source>
      <translation>Envíe las lecturas de nuevo.</translation>
    </message>
    <message>
      <source>Set SSL_CERT_FILE to the file that 'mdt hq authority' made; if it is set, report this.</source>
      <translation>Ponga en SSL_CERT_FILE el archivo que hizo «mdt hq authority»; si ya está puesto, infórmelo.</translation>
    </message>
    <message>
      <source>Set a later one, or none.</source>
      <translation>Fije uno posterior, o ninguno.</translation>
    </message>
    <message>
      <source>Set a new one at a desk ('mdt hq password'), or ask the Administrator.</source>
      <translation>Ponga una nueva en un escritorio ('mdt hq password') o pregunte al Administrador.</translation>
    </message>
    <message>
      <source>Set it.</source>
      <translation>Fíjelo.</translation>
    </message>
    <message>
      <source>Set the days, or wait until it is over.</source>
      <translation>Fije los días, o espere a que termine.</translation>
    </message>
    <message>
      <source>Several proofs of this person came at once.</source>
      <translation>Llegaron a la vez varias acreditaciones de esta persona.</translation>
    </message>
    <message>
      <source>Sign in again.</source>
      <translation>Inicie sesión de nuevo.</translation>
    </message>
    <message>
      <source>Sign out first.</source>
      <translation>Cierre la sesión primero.</translation>
    </message>
    <message>
      <source>Somebody else has changed this record.</source>
      <translation>Otra persona cambió este asiento.</translation>
    </message>
    <message>
      <source>Somebody is signed in.</source>
      <translation>Ya hay una sesión abierta.</translation>
    </message>
    <message>
      <source>Start it again.</source>
      <translation>Arránquelo de nuevo.</translation>
    </message>
    <message>
      <source>Start with --hq ADDRESS and a desk's token in MDT_DESK_TOKEN.</source>
      <translation>Arranque con --hq DIRECCIÓN y la credencial de un puesto en MDT_DESK_TOKEN.</translation>
    </message>
    <message>
      <source>Start with --hq ADDRESS and a trainer's token in MDT_DESK_TOKEN.</source>
      <translation>Arranque con --hq DIRECCIÓN y la credencial de un instructor en MDT_DESK_TOKEN.</translation>
    </message>
    <message>
      <source>Take it there.</source>
      <translation>Llévelo allí.</translation>
    </message>
    <message>
      <source>Take the newest one.</source>
      <translation>Use el más nuevo.</translation>
    </message>
    <message>
      <source>Take the steps (%1).</source>
      <translation>Siga los pasos (%1).</translation>
    </message>
    <message>
      <source>The accounts are another car's.</source>
      <translation>Las cuentas son de otra patrulla.</translation>
    </message>
    <message>
      <source>The accounts are older than those in force.</source>
      <translation>Las cuentas son anteriores a las vigentes.</translation>
    </message>
    <message>
      <source>The accounts in this car are another car's.</source>
      <translation>Las cuentas en esta patrulla son de otra.</translation>
    </message>
    <message>
      <source>The accounts in this car are older than %1 hours.</source>
      <translation>Las cuentas en esta patrulla tienen más de %1 horas.</translation>
    </message>
    <message>
      <source>The alert schedule does not authorize this category.</source>
      <translation>El plan de alertas no autoriza esta categoría.</translation>
    </message>
    <message>
      <source>The area can't be understood.</source>
      <translation>No se entiende la zona.</translation>
    </message>
    <message>
      <source>The car's identity could not be kept.</source>
      <translation>No se pudo guardar la identidad de la patrulla.</translation>
    </message>
    <message>
      <source>The case or other identifying number is missing.</source>
      <translation>Falta el número de caso u otro número.</translation>
    </message>
    <message>
      <source>The case's final disposition is missing.</source>
      <translation>Falta la disposición final del caso.</translation>
    </message>
    <message>
      <source>The clock of this car is behind.</source>
      <translation>El reloj de esta patrulla está atrasado.</translation>
    </message>
    <message>
      <source>The database file is not encrypted.</source>
      <translation>El archivo de la base de datos no está cifrado.</translation>
    </message>
    <message>
      <source>The database key is not 32 bytes long.</source>
      <translation>La clave de la base de datos no tiene 32 bytes.</translation>
    </message>
    <message>
      <source>The database library can't encrypt.</source>
      <translation>La biblioteca de la base de datos no sabe cifrar.</translation>
    </message>
    <message>
      <source>The database's address can't be understood.</source>
      <translation>No se entiende la dirección de la base de datos.</translation>
    </message>
    <message>
      <source>The days of the request are not in order.</source>
      <translation>Los días de la solicitud no están en orden.</translation>
    </message>
    <message>
      <source>The disk has no room for a copy of the store.</source>
      <translation>El disco no tiene espacio para una copia de la base de datos.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>El disco está lleno.</translation>
    </message>
    <message>
      <source>The dispute can't be sent: plate or state does not fit.</source>
      <translation>La reclamación no se puede enviar: placa o estado no valen.</translation>
    </message>
    <message>
      <source>The drill can't be prepared.</source>
      <translation>No se puede preparar el ejercicio.</translation>
    </message>
    <message>
      <source>The end comes after the start, a year at most.</source>
      <translation>El fin va después del inicio, un año como máximo.</translation>
    </message>
    <message>
      <source>The entering agency has answered.</source>
      <translation>La agencia ya contestó.</translation>
    </message>
    <message>
      <source>The entering agency was asked three times.</source>
      <translation>Ya se preguntó tres veces a la agencia.</translation>
    </message>
    <message>
      <source>The entry can't be sent: plate, state or another field does not fit.</source>
      <translation>No se puede enviar: la placa, el estado u otro campo no es válido.</translation>
    </message>
    <message>
      <source>The entry does not say this of the vehicle.</source>
      <translation>La entrada no dice esto del vehículo.</translation>
    </message>
    <message>
      <source>The entry was changed meanwhile.</source>
      <translation>La entrada cambió entretanto.</translation>
    </message>
    <message>
      <source>The expiration is no date.</source>
      <translation>El vencimiento no es una fecha.</translation>
    </message>
    <message>
      <source>The facts are missing.</source>
      <translation>Faltan los hechos.</translation>
    </message>
    <message>
      <source>The file's name does not say what it is to be.</source>
      <translation>El nombre del archivo no dice qué debe ser.</translation>
    </message>
    <message>
      <source>The gate has no conditions.</source>
      <translation>La verificación no tiene condiciones.</translation>
    </message>
    <message>
      <source>The gateway's queue can't be used.</source>
      <translation>La cola de la puerta de enlace no se puede usar.</translation>
    </message>
    <message>
      <source>The hot list is to be fetched whole again.</source>
      <translation>La lista se debe traer completa otra vez.</translation>
    </message>
    <message>
      <source>The hours can't be understood.</source>
      <translation>No se entienden las horas.</translation>
    </message>
    <message>
      <source>The last day of access is before the day from which training counts.</source>
      <translation>El último día de acceso es anterior al día desde el que cuenta la capacitación.</translation>
    </message>
    <message>
      <source>The list needs a time to end, within a year.</source>
      <translation>La lista necesita una fecha de fin, dentro de un año.</translation>
    </message>
    <message>
      <source>The new copy of the store is damaged.</source>
      <translation>La copia nueva de la base de datos está dañada.</translation>
    </message>
    <message>
      <source>The newer list stays in force.</source>
      <translation>La lista más nueva sigue vigente.</translation>
    </message>
    <message>
      <source>The notice is not acknowledged.</source>
      <translation>No se aceptó el aviso.</translation>
    </message>
    <message>
      <source>The offense type is missing.</source>
      <translation>Falta el tipo de delito.</translation>
    </message>
    <message>
      <source>The old list stays in force.</source>
      <translation>La lista anterior sigue vigente.</translation>
    </message>
    <message>
      <source>The package answers none that this car gave out.</source>
      <translation>El paquete no responde a ninguno de esta patrulla.</translation>
    </message>
    <message>
      <source>The package is for another car.</source>
      <translation>El paquete es para otra patrulla.</translation>
    </message>
    <message>
      <source>The package is older than the last one taken.</source>
      <translation>El paquete es anterior al último.</translation>
    </message>
    <message>
      <source>The period has not ended.</source>
      <translation>El período no ha terminado.</translation>
    </message>
    <message>
      <source>The place can't be read.</source>
      <translation>No se entiende el lugar.</translation>
    </message>
    <message>
      <source>The policy has no such way.</source>
      <translation>La política no tiene esa vía.</translation>
    </message>
    <message>
      <source>The policy wants it on record (QRY-1).</source>
      <translation>La política exige que conste (QRY-1).</translation>
    </message>
    <message>
      <source>The present certificate holds for long yet.</source>
      <translation>El certificado actual aún vale por mucho tiempo.</translation>
    </message>
    <message>
      <source>The profile has no category.</source>
      <translation>El perfil no tiene categorías.</translation>
    </message>
    <message>
      <source>The program could not do this.</source>
      <translation>El programa no pudo hacerlo.</translation>
    </message>
    <message>
      <source>The program is ending.</source>
      <translation>El programa está terminando.</translation>
    </message>
    <message>
      <source>The progress can't be kept.</source>
      <translation>No se puede guardar el avance.</translation>
    </message>
    <message>
      <source>The progress of %1 can't be read.</source>
      <translation>No se puede leer el avance de %1.</translation>
    </message>
    <message>
      <source>The reader can't read the car at %1 s on this road.</source>
      <translation>El lector no puede leer el vehículo a los %1 s en esta vía.</translation>
    </message>
    <message>
      <source>The reader takes the car at %1 s for %2, not %3: no alert would come.</source>
      <translation>El lector toma el vehículo a los %1 s por %2, no %3: no llegaría ninguna alerta.</translation>
    </message>
    <message>
      <source>The reason is missing.</source>
      <translation>Falta el motivo.</translation>
    </message>
    <message>
      <source>The report can't be written.</source>
      <translation>No se puede escribir el informe.</translation>
    </message>
    <message>
      <source>The request before is not overdue.</source>
      <translation>La petición anterior no ha vencido.</translation>
    </message>
    <message>
      <source>The screen is locked.</source>
      <translation>La pantalla está bloqueada.</translation>
    </message>
    <message>
      <source>The search did not find all of these reads.</source>
      <translation>La búsqueda no halló todas estas lecturas.</translation>
    </message>
    <message>
      <source>The sound can't be muted for so long.</source>
      <translation>El sonido no se puede silenciar por tanto tiempo.</translation>
    </message>
    <message>
      <source>The store can't be opened.</source>
      <translation>No se puede abrir la base de datos.</translation>
    </message>
    <message>
      <source>The store could not be brought up to date. It is as it was.</source>
      <translation>No se pudo actualizar la base de datos. Está como estaba.</translation>
    </message>
    <message>
      <source>The store could not be written anew.</source>
      <translation>No se pudo reescribir la base de datos.</translation>
    </message>
    <message>
      <source>The store has no room for a hot list.</source>
      <translation>La base de datos no tiene espacio para una lista de alerta.</translation>
    </message>
    <message>
      <source>The store is as it was. Check the disk.</source>
      <translation>La base de datos está como estaba. Revise el disco.</translation>
    </message>
    <message>
      <source>The store is in use.</source>
      <translation>La base de datos está en uso.</translation>
    </message>
    <message>
      <source>The store's file is gone, or another one is in its place.</source>
      <translation>El archivo de la base de datos no está, o hay otro en su lugar.</translation>
    </message>
    <message>
      <source>The time can't be read.</source>
      <translation>No se entiende la hora.</translation>
    </message>
    <message>
      <source>The time does not fit.</source>
      <translation>El tiempo no es válido.</translation>
    </message>
    <message>
      <source>The vendor's store of reads can't be reached.</source>
      <translation>No se alcanza el archivo de lecturas del proveedor.</translation>
    </message>
    <message>
      <source>There are no certificates here yet.</source>
      <translation>Aquí aún no hay certificados.</translation>
    </message>
    <message>
      <source>There is a copy of this security key.</source>
      <translation>Hay una copia de esta llave de seguridad.</translation>
    </message>
    <message>
      <source>There is a file of this name already.</source>
      <translation>Ya hay un archivo con este nombre.</translation>
    </message>
    <message>
      <source>There is no account with this user id.</source>
      <translation>No hay cuenta con este id de usuario.</translation>
    </message>
    <message>
      <source>There is no headquarters database in this folder.</source>
      <translation>En esta carpeta no hay base de datos de una central.</translation>
    </message>
    <message>
      <source>There is no stop that waits for this outcome.</source>
      <translation>Ninguna parada espera este resultado.</translation>
    </message>
    <message>
      <source>There is no such hit or read any more.</source>
      <translation>Ya no existe esa coincidencia o lectura.</translation>
    </message>
    <message>
      <source>There is no such open dispute.</source>
      <translation>No hay tal reclamación abierta.</translation>
    </message>
    <message>
      <source>There is no such record.</source>
      <translation>No hay tal asiento.</translation>
    </message>
    <message>
      <source>This account can't record a stop.</source>
      <translation>Esta cuenta no puede registrar una parada.</translation>
    </message>
    <message>
      <source>This account is locked.</source>
      <translation>Esta cuenta está bloqueada.</translation>
    </message>
    <message>
      <source>This account is not for a car.</source>
      <translation>Esta cuenta no es para una patrulla.</translation>
    </message>
    <message>
      <source>This agency has no public key on file, and the passphrase is too short.</source>
      <translation>Esta agencia no tiene clave pública registrada, y la contraseña es muy corta.</translation>
    </message>
    <message>
      <source>This can't be done with the record as it stands.</source>
      <translation>No se puede hacer con el asiento como está.</translation>
    </message>
    <message>
      <source>This case holds no data.</source>
      <translation>Este caso no tiene datos.</translation>
    </message>
    <message>
      <source>This check has found nothing.</source>
      <translation>Esta prueba no halló nada.</translation>
    </message>
    <message>
      <source>This check was another one.</source>
      <translation>Esta consulta fue otra.</translation>
    </message>
    <message>
      <source>This code does not open the account.</source>
      <translation>Este código no abre la cuenta.</translation>
    </message>
    <message>
      <source>This code is not good, or not any more.</source>
      <translation>Este código no vale, o ya no vale.</translation>
    </message>
    <message>
      <source>This code was used already.</source>
      <translation>Este código ya se usó.</translation>
    </message>
    <message>
      <source>This desk's holder has no account of this role in force.</source>
      <translation>Quien usa esta consola no tiene en vigor una cuenta con esta función.</translation>
    </message>
    <message>
      <source>This entry is somebody else's.</source>
      <translation>Esta entrada es de otra persona.</translation>
    </message>
    <message>
      <source>This headquarters has no certificates yet.</source>
      <translation>Esta central aún no tiene certificados.</translation>
    </message>
    <message>
      <source>This hit is closed.</source>
      <translation>Esta coincidencia está cerrada.</translation>
    </message>
    <message>
      <source>This hit is not on record.</source>
      <translation>Esta coincidencia no está registrada.</translation>
    </message>
    <message>
      <source>This is no answer of dispatch.</source>
      <translation>Esta no es una respuesta de despacho.</translation>
    </message>
    <message>
      <source>This is no category of the alert table.</source>
      <translation>Esta no es una categoría de la tabla de alertas.</translation>
    </message>
    <message>
      <source>This is no user id.</source>
      <translation>Esto no es un usuario.</translation>
    </message>
    <message>
      <source>This is somebody else's to do.</source>
      <translation>Esto le toca a otra persona.</translation>
    </message>
    <message>
      <source>This package is from no car that is let in.</source>
      <translation>Este paquete no es de ninguna patrulla admitida.</translation>
    </message>
    <message>
      <source>This plate is not on the list.</source>
      <translation>Esta placa no está en la lista.</translation>
    </message>
    <message>
      <source>This query can't be judged now.</source>
      <translation>Esta consulta no se puede evaluar ahora.</translation>
    </message>
    <message>
      <source>This record is closed.</source>
      <translation>Este asiento está cerrado.</translation>
    </message>
    <message>
      <source>This search is over.</source>
      <translation>Esta búsqueda terminó.</translation>
    </message>
    <message>
      <source>This search is too wide.</source>
      <translation>Esta búsqueda es demasiado amplia.</translation>
    </message>
    <message>
      <source>This server is not headquarters, or something stands between. Nothing was told to it.</source>
      <translation>Este servidor no es la central, o hay algo en medio. No se le dijo nada.</translation>
    </message>
    <message>
      <source>This sign-in is older than %1 hours.</source>
      <translation>Hace más de %1 horas que entró.</translation>
    </message>
    <message>
      <source>Those in force stay.</source>
      <translation>Siguen las vigentes.</translation>
    </message>
    <message>
      <source>Try again later; what is kept elsewhere was searched.</source>
      <translation>Intente más tarde; se buscó en lo guardado en otra parte.</translation>
    </message>
    <message>
      <source>Try again, and report it.</source>
      <translation>Intente de nuevo, y repórtelo.</translation>
    </message>
    <message>
      <source>Try again, or ask the Administrator.</source>
      <translation>Intente de nuevo o pregunte al Administrador.</translation>
    </message>
    <message>
      <source>Try again.</source>
      <translation>Intente de nuevo.</translation>
    </message>
    <message>
      <source>Type the characters that you see.</source>
      <translation>Escriba los caracteres que ve.</translation>
    </message>
    <message>
      <source>Type what you see on the vehicle.</source>
      <translation>Escriba lo que ve en el vehículo.</translation>
    </message>
    <message>
      <source>Until when is not given.</source>
      <translation>No se dijo hasta cuándo.</translation>
    </message>
    <message>
      <source>Use letters, digits, dots, hyphens and underscores.</source>
      <translation>Use letras, cifras, puntos, guiones y guiones bajos.</translation>
    </message>
    <message>
      <source>Use postgresql://.</source>
      <translation>Use postgresql://.</translation>
    </message>
    <message>
      <source>Use postgresql://host/name.</source>
      <translation>Use postgresql://host/name.</translation>
    </message>
    <message>
      <source>Use the code of your authenticator.</source>
      <translation>Use el código de su autenticador.</translation>
    </message>
    <message>
      <source>Use the console at headquarters.</source>
      <translation>Use la consola en la central.</translation>
    </message>
    <message>
      <source>User, password or code is wrong.</source>
      <translation>Usuario, contraseña o código equivocado.</translation>
    </message>
    <message>
      <source>User, password or security key is wrong.</source>
      <translation>Usuario, contraseña o llave de seguridad equivocados.</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>Espere la respuesta.</translation>
    </message>
    <message>
      <source>Wait for the next one.</source>
      <translation>Espere el siguiente.</translation>
    </message>
    <message>
      <source>What answers at this address has no certificate of the agency.</source>
      <translation>Lo que responde en esta dirección no tiene certificado de la agencia.</translation>
    </message>
    <message>
      <source>Write it as 2026-11-22 14:30.</source>
      <translation>Escríbala así: 2026-11-22 14:30.</translation>
    </message>
    <message>
      <source>Write it as 2026-12-31.</source>
      <translation>Escríbala así: 2026-12-31.</translation>
    </message>
    <message>
      <source>Write it as latitude,longitude,radius: 41.7658,-72.6734,2 mi, or in metres without a unit.</source>
      <translation>Escríbala como latitud,longitud,radio: 41.7658,-72.6734,2 mi, o en metros sin unidad.</translation>
    </message>
    <message>
      <source>Write latitude, longitude and miles, or two corners of a box.</source>
      <translation>Escriba latitud, longitud y millas, o dos esquinas de un recuadro.</translation>
    </message>
    <message>
      <source>Write them as 22:00-06:00 America/New_York.</source>
      <translation>Escríbalas así: 22:00-06:00 America/New_York.</translation>
    </message>
  </context>
  <context>
    <name>registers</name>
    <message>
      <source>15:30; before From: the next day</source>
      <translation>15:30; antes de Desde: el día siguiente</translation>
    </message>
    <message>
      <source>64 hexadecimal digits (X25519); without it a package is sealed by passphrase</source>
      <translation>64 cifras hexadecimales (X25519); sin ella el paquete se sella con una frase</translation>
    </message>
    <message>
      <source>9 letters and digits</source>
      <translation>9 letras y cifras</translation>
    </message>
    <message>
      <source>? and * stand for what is not known</source>
      <translation>? y * están por lo que no se sabe</translation>
    </message>
    <message>
      <source>A member's days and hours; searches outside of them are findings of unusual use. Nobody's hours are guessed.</source>
      <translation>Los días y horas de un miembro; las búsquedas fuera de ellas son hallazgos de uso inusual. Las horas de nadie se suponen.</translation>
    </message>
    <message>
      <source>About whom</source>
      <translation>Sobre quién</translation>
    </message>
    <message>
      <source>Acknowledge</source>
      <translation>Acusar recibo</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Medida</translation>
    </message>
    <message>
      <source>Affirms C.G.S. 54-155b</source>
      <translation>Afirma C.G.S. 54-155b</translation>
    </message>
    <message>
      <source>Affirms C.G.S. 54-192h</source>
      <translation>Afirma C.G.S. 54-192h</translation>
    </message>
    <message>
      <source>Affirms the policy</source>
      <translation>Afirma la política</translation>
    </message>
    <message>
      <source>Agency</source>
      <translation>Agencia</translation>
    </message>
    <message>
      <source>Agency's number</source>
      <translation>Número de la agencia</translation>
    </message>
    <message>
      <source>Agreement</source>
      <translation>Convenio</translation>
    </message>
    <message>
      <source>Agreements</source>
      <translation>Convenios</translation>
    </message>
    <message>
      <source>Allow (Chief)</source>
      <translation>Permitir (jefe)</translation>
    </message>
    <message>
      <source>Answer</source>
      <translation>Respuesta</translation>
    </message>
    <message>
      <source>Answered</source>
      <translation>Contestada</translation>
    </message>
    <message>
      <source>Answered on</source>
      <translation>Contestada el</translation>
    </message>
    <message>
      <source>Anything released</source>
      <translation>Se entregó algo</translation>
    </message>
    <message>
      <source>Approve</source>
      <translation>Aprobar</translation>
    </message>
    <message>
      <source>Arrests</source>
      <translation>Arrestos</translation>
    </message>
    <message>
      <source>Ask for approval</source>
      <translation>Pedir aprobación</translation>
    </message>
    <message>
      <source>Asked by</source>
      <translation>Pide</translation>
    </message>
    <message>
      <source>Asked for</source>
      <translation>Qué pide</translation>
    </message>
    <message>
      <source>Audit</source>
      <translation>Auditoría</translation>
    </message>
    <message>
      <source>Audits</source>
      <translation>Auditorías</translation>
    </message>
    <message>
      <source>Back in service</source>
      <translation>De nuevo en servicio</translation>
    </message>
    <message>
      <source>Begins on</source>
      <translation>Comienza el</translation>
    </message>
    <message>
      <source>By which order</source>
      <translation>Por qué orden</translation>
    </message>
    <message>
      <source>C.G.S. 1-210(b)(3)</source>
      <translation>C.G.S. 1-210(b)(3)</translation>
    </message>
    <message>
      <source>C.G.S. 1-210(b)(3) and 1-215</source>
      <translation>C.G.S. 1-210(b)(3) y 1-215</translation>
    </message>
    <message>
      <source>C.G.S. 54-192h(b)(1)(A)(i), (ii) or (iii)</source>
      <translation>C.G.S. 54-192h(b)(1)(A)(i), (ii) o (iii)</translation>
    </message>
    <message>
      <source>Cameras</source>
      <translation>Cámaras</translation>
    </message>
    <message>
      <source>Cameras or cars</source>
      <translation>Cámaras o patrullas</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Car or place</source>
      <translation>Patrulla o lugar</translation>
    </message>
    <message>
      <source>Carries the policy's clauses</source>
      <translation>Lleva las cláusulas de la política</translation>
    </message>
    <message>
      <source>Change of</source>
      <translation>Cambio de</translation>
    </message>
    <message>
      <source>Changes of system or law; the topics that they touch are due again for everybody.</source>
      <translation>Cambios del sistema o de la ley; los temas que tocan vuelven a tocarle a todos.</translation>
    </message>
    <message>
      <source>Changes to be trained</source>
      <translation>Cambios por capacitar</translation>
    </message>
    <message>
      <source>Chief told on</source>
      <translation>El jefe lo supo el</translation>
    </message>
    <message>
      <source>Clause or law</source>
      <translation>Cláusula o ley</translation>
    </message>
    <message>
      <source>Clear (Chief)</source>
      <translation>Autorizar (jefe)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>Complete (fixed, portable)</source>
      <translation>Completar (fija, portátil)</translation>
    </message>
    <message>
      <source>Complete (mobile)</source>
      <translation>Completar (móvil)</translation>
    </message>
    <message>
      <source>Concerns legal health care</source>
      <translation>Atañe a atención médica legal</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contacto</translation>
    </message>
    <message>
      <source>Contract</source>
      <translation>Contrato</translation>
    </message>
    <message>
      <source>Count anew</source>
      <translation>Contar de nuevo</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Contado</translation>
    </message>
    <message>
      <source>Court order</source>
      <translation>Orden judicial</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Días</translation>
    </message>
    <message>
      <source>Decide</source>
      <translation>Decidir</translation>
    </message>
    <message>
      <source>Decide (Chief)</source>
      <translation>Decidir (jefe)</translation>
    </message>
    <message>
      <source>Decided (Chief)</source>
      <translation>Decidida (jefe)</translation>
    </message>
    <message>
      <source>Decided on</source>
      <translation>Decidido el</translation>
    </message>
    <message>
      <source>Declarations</source>
      <translation>Declaraciones</translation>
    </message>
    <message>
      <source>Deployments</source>
      <translation>Despliegues</translation>
    </message>
    <message>
      <source>Do not accept</source>
      <translation>No aceptar</translation>
    </message>
    <message>
      <source>Document results</source>
      <translation>Documentar resultados</translation>
    </message>
    <message>
      <source>Draw the queries</source>
      <translation>Sortear las consultas</translation>
    </message>
    <message>
      <source>Drop</source>
      <translation>Abandonar</translation>
    </message>
    <message>
      <source>Each Freedom of Information request, its decision under C.G.S. 1-210(b)(3) and 1-215, and what was released.</source>
      <translation>Cada solicitud de información pública, su decisión según C.G.S. 1-210(b)(3) y 1-215, y qué se entregó.</translation>
    </message>
    <message>
      <source>Each request from outside, the Administrator's review, the agreement that it rests on, and what it led to.</source>
      <translation>Cada solicitud de fuera, la revisión del administrador, el convenio en que se apoya y a qué llevó.</translation>
    </message>
    <message>
      <source>Each version of the policy that was in force, when it was reviewed, and what was recommended to the Chief.</source>
      <translation>Cada versión de la política que estuvo en vigor, cuándo se revisó y qué se recomendó al jefe.</translation>
    </message>
    <message>
      <source>Effective on</source>
      <translation>Vigente el</translation>
    </message>
    <message>
      <source>End</source>
      <translation>Terminar</translation>
    </message>
    <message>
      <source>Ends on</source>
      <translation>Termina el</translation>
    </message>
    <message>
      <source>Equipment</source>
      <translation>Equipo</translation>
    </message>
    <message>
      <source>Equipment faults</source>
      <translation>Fallas de equipo</translation>
    </message>
    <message>
      <source>Every camera: fixed, portable or mobile, and where it is.</source>
      <translation>Cada cámara: fija, portátil o móvil, y dónde está.</translation>
    </message>
    <message>
      <source>Every query of a period, or a sample: was it authorized and complete? The trail is verified, findings followed up.</source>
      <translation>Cada consulta de un período, o una muestra: ¿fue autorizada y completa? El registro se verifica y a los hallazgos se les da seguimiento.</translation>
    </message>
    <message>
      <source>Exemption</source>
      <translation>Exención</translation>
    </message>
    <message>
      <source>External networks</source>
      <translation>Redes externas</translation>
    </message>
    <message>
      <source>FOI requests</source>
      <translation>Solicitudes de información pública</translation>
    </message>
    <message>
      <source>Facts</source>
      <translation>Hechos</translation>
    </message>
    <message>
      <source>Findings</source>
      <translation>Hallazgos</translation>
    </message>
    <message>
      <source>Found by</source>
      <translation>Hallada por</translation>
    </message>
    <message>
      <source>Found on</source>
      <translation>Hallada el</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>vie</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Desde</translation>
    </message>
    <message>
      <source>From day</source>
      <translation>Desde el día</translation>
    </message>
    <message>
      <source>Happened on</source>
      <translation>Ocurrió el</translation>
    </message>
    <message>
      <source>Held by</source>
      <translation>Lo ocupa</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>Coincidencias</translation>
    </message>
    <message>
      <source>Hours on duty</source>
      <translation>Horas de servicio</translation>
    </message>
    <message>
      <source>How many in the sample</source>
      <translation>Cuántas en la muestra</translation>
    </message>
    <message>
      <source>In force from</source>
      <translation>Vigente desde</translation>
    </message>
    <message>
      <source>In force until</source>
      <translation>Vigente hasta</translation>
    </message>
    <message>
      <source>In use since</source>
      <translation>En uso desde</translation>
    </message>
    <message>
      <source>Its case number</source>
      <translation>Su número de caso</translation>
    </message>
    <message>
      <source>Its people's accounts</source>
      <translation>Cuentas de su gente</translation>
    </message>
    <message>
      <source>Its readers</source>
      <translation>Sus lectores</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Clase</translation>
    </message>
    <message>
      <source>Last day of access without it</source>
      <translation>Último día de acceso sin ella</translation>
    </message>
    <message>
      <source>Latitude, longitude</source>
      <translation>Latitud, longitud</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Nivel</translation>
    </message>
    <message>
      <source>Looked at again on</source>
      <translation>Se revisa de nuevo el</translation>
    </message>
    <message>
      <source>Make the topics due</source>
      <translation>Exigir los temas</translation>
    </message>
    <message>
      <source>Means</source>
      <translation>Medio</translation>
    </message>
    <message>
      <source>Member</source>
      <translation>Miembro</translation>
    </message>
    <message>
      <source>Members' own vehicles: a search for one's own or a colleague's plate is found and reviewed.</source>
      <translation>Vehículos propios de los miembros: la búsqueda de la placa propia o de un colega se detecta y se revisa.</translation>
    </message>
    <message>
      <source>Memoranda and policies under which data is shared, with whom, and from when until when.</source>
      <translation>Memorandos y políticas bajo los que se comparten datos, con quién, y desde cuándo hasta cuándo.</translation>
    </message>
    <message>
      <source>Mission</source>
      <translation>Misión</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>lun</translation>
    </message>
    <message>
      <source>Moved, or wrong</source>
      <translation>Cambiada de lugar, o con error</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Red</translation>
    </message>
    <message>
      <source>ORI of the agency</source>
      <translation>ORI de la agencia</translation>
    </message>
    <message>
      <source>Offense type</source>
      <translation>Tipo de delito</translation>
    </message>
    <message>
      <source>Office</source>
      <translation>Cargo</translation>
    </message>
    <message>
      <source>Office of the signer</source>
      <translation>Cargo de quien firma</translation>
    </message>
    <message>
      <source>Offices</source>
      <translation>Cargos</translation>
    </message>
    <message>
      <source>On which vehicle</source>
      <translation>En qué vehículo</translation>
    </message>
    <message>
      <source>Ordered by</source>
      <translation>Ordenada por</translation>
    </message>
    <message>
      <source>Other agencies</source>
      <translation>Otras agencias</translation>
    </message>
    <message>
      <source>Permitted purpose</source>
      <translation>Propósito permitido</translation>
    </message>
    <message>
      <source>Plate</source>
      <translation>Placa</translation>
    </message>
    <message>
      <source>Plates of members</source>
      <translation>Placas de los miembros</translation>
    </message>
    <message>
      <source>Policy</source>
      <translation>Política</translation>
    </message>
    <message>
      <source>Policy reviews</source>
      <translation>Revisiones de la política</translation>
    </message>
    <message>
      <source>Policy sent to it on</source>
      <translation>Se le envió la política el</translation>
    </message>
    <message>
      <source>Public key</source>
      <translation>Clave pública</translation>
    </message>
    <message>
      <source>Put in force</source>
      <translation>Poner en vigor</translation>
    </message>
    <message>
      <source>Put to the Chief</source>
      <translation>Presentar al jefe</translation>
    </message>
    <message>
      <source>Queries drawn</source>
      <translation>Consultas sorteadas</translation>
    </message>
    <message>
      <source>Queries in the period</source>
      <translation>Consultas del período</translation>
    </message>
    <message>
      <source>Reader's id</source>
      <translation>Id del lector</translation>
    </message>
    <message>
      <source>Reads</source>
      <translation>Lecturas</translation>
    </message>
    <message>
      <source>Reasons</source>
      <translation>Motivos</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>Reclamar</translation>
    </message>
    <message>
      <source>Received on</source>
      <translation>Recibida el</translation>
    </message>
    <message>
      <source>Recommend an amendment</source>
      <translation>Recomendar una enmienda</translation>
    </message>
    <message>
      <source>Recommended to the Chief</source>
      <translation>Recomendado al jefe</translation>
    </message>
    <message>
      <source>Records from</source>
      <translation>Se registra desde</translation>
    </message>
    <message>
      <source>Records of it</source>
      <translation>Sus registros</translation>
    </message>
    <message>
      <source>Records that show it</source>
      <translation>Registros que lo muestran</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>Rechazar</translation>
    </message>
    <message>
      <source>Refuse (Chief)</source>
      <translation>Rechazar (jefe)</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Retirar</translation>
    </message>
    <message>
      <source>Repaired</source>
      <translation>Reparado</translation>
    </message>
    <message>
      <source>Repaired by</source>
      <translation>Reparado por</translation>
    </message>
    <message>
      <source>Repaired on</source>
      <translation>Reparado el</translation>
    </message>
    <message>
      <source>Report to the Chief</source>
      <translation>Informar al jefe</translation>
    </message>
    <message>
      <source>Reported to the vendor</source>
      <translation>Informado al proveedor</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Solicitud</translation>
    </message>
    <message>
      <source>Requester</source>
      <translation>Solicitante</translation>
    </message>
    <message>
      <source>Requests for data</source>
      <translation>Solicitudes de datos</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Restablecer</translation>
    </message>
    <message>
      <source>Retire</source>
      <translation>Dar de baja</translation>
    </message>
    <message>
      <source>Return (Chief)</source>
      <translation>Devolver (jefe)</translation>
    </message>
    <message>
      <source>Returned or destroyed</source>
      <translation>Devuelto o destruido</translation>
    </message>
    <message>
      <source>Reviewed on</source>
      <translation>Revisada el</translation>
    </message>
    <message>
      <source>Reviewed, stays as it is</source>
      <translation>Revisada, queda como está</translation>
    </message>
    <message>
      <source>SHA-256 of the package</source>
      <translation>SHA-256 del paquete</translation>
    </message>
    <message>
      <source>Sat</source>
      <translation>sáb</translation>
    </message>
    <message>
      <source>Seed of the sample</source>
      <translation>Semilla de la muestra</translation>
    </message>
    <message>
      <source>Serves an immigration matter</source>
      <translation>Sirve a un asunto de inmigración</translation>
    </message>
    <message>
      <source>Shared on</source>
      <translation>Compartido el</translation>
    </message>
    <message>
      <source>Sign</source>
      <translation>Firmar</translation>
    </message>
    <message>
      <source>Signed by</source>
      <translation>Firmado por</translation>
    </message>
    <message>
      <source>Signed on</source>
      <translation>Firmada el</translation>
    </message>
    <message>
      <source>Significant incidents</source>
      <translation>Incidentes importantes</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Desde</translation>
    </message>
    <message>
      <source>Source authorized by</source>
      <translation>Origen autorizado por</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Comenzar</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>Stops</source>
      <translation>Paradas</translation>
    </message>
    <message>
      <source>Stops on record of it</source>
      <translation>Sus paradas registradas</translation>
    </message>
    <message>
      <source>Sun</source>
      <translation>dom</translation>
    </message>
    <message>
      <source>Superseded</source>
      <translation>Reemplazada</translation>
    </message>
    <message>
      <source>Terms</source>
      <translation>Condiciones</translation>
    </message>
    <message>
      <source>Text of the declaration</source>
      <translation>Texto de la declaración</translation>
    </message>
    <message>
      <source>The Chief's decision</source>
      <translation>La decisión del jefe</translation>
    </message>
    <message>
      <source>The trail</source>
      <translation>El registro de auditoría</translation>
    </message>
    <message>
      <source>Thu</source>
      <translation>jue</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Hasta</translation>
    </message>
    <message>
      <source>To day</source>
      <translation>Hasta el día</translation>
    </message>
    <message>
      <source>To whom data was given, for which request, how many reads, and the digest of the sealed package.</source>
      <translation>A quién se dieron datos, por qué solicitud, cuántas lecturas, y el resumen del paquete sellado.</translation>
    </message>
    <message>
      <source>To, this day included</source>
      <translation>Hasta, este día incluido</translation>
    </message>
    <message>
      <source>Topics that are due again</source>
      <translation>Temas que tocan de nuevo</translation>
    </message>
    <message>
      <source>Training since</source>
      <translation>Capacitación desde</translation>
    </message>
    <message>
      <source>Tue</source>
      <translation>mar</translation>
    </message>
    <message>
      <source>US: a federal agency</source>
      <translation>US: una agencia federal</translation>
    </message>
    <message>
      <source>Under which agreement</source>
      <translation>Bajo qué convenio</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Hasta</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Proveedor</translation>
    </message>
    <message>
      <source>Vendor or contractor</source>
      <translation>Proveedor o contratista</translation>
    </message>
    <message>
      <source>Vendor told on</source>
      <translation>Proveedor avisado el</translation>
    </message>
    <message>
      <source>Vendor's number</source>
      <translation>Número del proveedor</translation>
    </message>
    <message>
      <source>Vendors and contracts</source>
      <translation>Proveedores y contratos</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Versión</translation>
    </message>
    <message>
      <source>Versions of the lessons that count from then on</source>
      <translation>Versiones de las lecciones que cuentan desde entonces</translation>
    </message>
    <message>
      <source>Violations</source>
      <translation>Violaciones</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>mié</translation>
    </message>
    <message>
      <source>What an out-of-state agency has affirmed in writing: the policy, C.G.S. 54-192h and 54-155b. Without it nothing goes.</source>
      <translation>Lo que una agencia de otro estado afirmó por escrito: la política, C.G.S. 54-192h y 54-155b. Sin eso no sale nada.</translation>
    </message>
    <message>
      <source>What changed</source>
      <translation>Qué cambió</translation>
    </message>
    <message>
      <source>What failed</source>
      <translation>Qué falló</translation>
    </message>
    <message>
      <source>What failed, the report to the vendor, the repair and who authorized its source.</source>
      <translation>Qué falló, el aviso al proveedor, la reparación y quién autorizó su origen.</translation>
    </message>
    <message>
      <source>What for</source>
      <translation>Para qué</translation>
    </message>
    <message>
      <source>What for, and to what</source>
      <translation>Para qué y a qué</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Qué ocurrió</translation>
    </message>
    <message>
      <source>What it cites</source>
      <translation>Qué fundamento legal cita</translation>
    </message>
    <message>
      <source>What it is</source>
      <translation>Qué es</translation>
    </message>
    <message>
      <source>What it would have</source>
      <translation>Qué tendría</translation>
    </message>
    <message>
      <source>What the audit found</source>
      <translation>Qué halló la auditoría</translation>
    </message>
    <message>
      <source>What the review found</source>
      <translation>Qué halló la revisión</translation>
    </message>
    <message>
      <source>What was done</source>
      <translation>Qué se hizo</translation>
    </message>
    <message>
      <source>What was done about it</source>
      <translation>Qué se hizo al respecto</translation>
    </message>
    <message>
      <source>What was found, the records that show it, the report to the Chief, and the Chief's decision.</source>
      <translation>Qué se halló, los registros que lo muestran, el informe al jefe y la decisión del jefe.</translation>
    </message>
    <message>
      <source>What was released</source>
      <translation>Qué se entregó</translation>
    </message>
    <message>
      <source>What was shared</source>
      <translation>Qué se compartió</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Dónde</translation>
    </message>
    <message>
      <source>Where readers are used beyond the ordinary, on whose approval, from what view, and what came of it.</source>
      <translation>Dónde se usan lectores fuera de lo ordinario, con qué aprobación, desde qué punto de vista y qué resultó.</translation>
    </message>
    <message>
      <source>Which queries</source>
      <translation>Qué consultas</translation>
    </message>
    <message>
      <source>Which state, regional or national networks may have data: the Chief's decision, or the designee's.</source>
      <translation>Qué redes estatales, regionales o nacionales pueden tener datos: lo decide el jefe, o su delegado.</translation>
    </message>
    <message>
      <source>Who decides where the policies ask for the Chief of Police, the Captain, or the Chief's designee.</source>
      <translation>Quién decide donde las políticas piden al jefe de policía, al capitán o al delegado del jefe.</translation>
    </message>
    <message>
      <source>Who has access as a vendor or contractor, under which contract. None in force: no access and no export.</source>
      <translation>Quién tiene acceso como proveedor o contratista, con qué contrato. Ninguno en vigor: ni acceso ni exportación.</translation>
    </message>
    <message>
      <source>Who may ask for reader data: the agency, its state, its mission, and the key for which packages are sealed.</source>
      <translation>Quién puede pedir datos de lectores: la agencia, su estado, su misión y la clave para la que se sellan los paquetes.</translation>
    </message>
    <message>
      <source>Withdraw</source>
      <translation>Retirar</translation>
    </message>
    <message>
      <source>Withdrawn</source>
      <translation>Retirada</translation>
    </message>
    <message>
      <source>a key of the policy, such as locate</source>
      <translation>una clave de la política, como locate</translation>
    </message>
    <message>
      <source>access</source>
      <translation>acceso</translation>
    </message>
    <message>
      <source>access suspended</source>
      <translation>acceso suspendido</translation>
    </message>
    <message>
      <source>acknowledged, in work</source>
      <translation>con acuse de recibo, en trabajo</translation>
    </message>
    <message>
      <source>administrator</source>
      <translation>administrador</translation>
    </message>
    <message>
      <source>all</source>
      <translation>todas</translation>
    </message>
    <message>
      <source>allowed</source>
      <translation>permitida</translation>
    </message>
    <message>
      <source>amendment with the Chief</source>
      <translation>enmienda ante el jefe</translation>
    </message>
    <message>
      <source>answered</source>
      <translation>contestada</translation>
    </message>
    <message>
      <source>approved</source>
      <translation>aprobado</translation>
    </message>
    <message>
      <source>approved, to be answered</source>
      <translation>aprobada, por contestar</translation>
    </message>
    <message>
      <source>as in the register of other agencies</source>
      <translation>como en el libro de otras agencias</translation>
    </message>
    <message>
      <source>audit</source>
      <translation>auditoría</translation>
    </message>
    <message>
      <source>back in service</source>
      <translation>de nuevo en servicio</translation>
    </message>
    <message>
      <source>by other means</source>
      <translation>por otro medio</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>cancelado</translation>
    </message>
    <message>
      <source>captain</source>
      <translation>capitán</translation>
    </message>
    <message>
      <source>car-7, car-8 L, or numbers; empty: all</source>
      <translation>car-7, car-8 L, o números; vacío: todas</translation>
    </message>
    <message>
      <source>chief</source>
      <translation>jefe</translation>
    </message>
    <message>
      <source>civil</source>
      <translation>civil</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>cerrada</translation>
    </message>
    <message>
      <source>complaint</source>
      <translation>queja</translation>
    </message>
    <message>
      <source>court, number, date</source>
      <translation>tribunal, número, fecha</translation>
    </message>
    <message>
      <source>criminal</source>
      <translation>penal</translation>
    </message>
    <message>
      <source>decided, action owed</source>
      <translation>decidida, medida pendiente</translation>
    </message>
    <message>
      <source>decided, to be answered</source>
      <translation>decidida, por contestar</translation>
    </message>
    <message>
      <source>deny</source>
      <translation>negar</translation>
    </message>
    <message>
      <source>departmental policy</source>
      <translation>política del departamento</translation>
    </message>
    <message>
      <source>designee</source>
      <translation>delegado</translation>
    </message>
    <message>
      <source>discipline</source>
      <translation>disciplina</translation>
    </message>
    <message>
      <source>documented</source>
      <translation>documentado</translation>
    </message>
    <message>
      <source>drafted</source>
      <translation>en borrador</translation>
    </message>
    <message>
      <source>dropped</source>
      <translation>abandonada</translation>
    </message>
    <message>
      <source>empty: none, the topics are due at once</source>
      <translation>vacío: ninguno, los temas tocan de inmediato</translation>
    </message>
    <message>
      <source>ended</source>
      <translation>terminado</translation>
    </message>
    <message>
      <source>ended, results owed</source>
      <translation>terminado, resultados pendientes</translation>
    </message>
    <message>
      <source>ended: no access</source>
      <translation>terminado: sin acceso</translation>
    </message>
    <message>
      <source>equipment</source>
      <translation>equipo</translation>
    </message>
    <message>
      <source>fixed</source>
      <translation>fija</translation>
    </message>
    <message>
      <source>flag</source>
      <translation>señal</translation>
    </message>
    <message>
      <source>found, not reported</source>
      <translation>hallada, sin informar</translation>
    </message>
    <message>
      <source>general</source>
      <translation>general</translation>
    </message>
    <message>
      <source>given</source>
      <translation>entregado</translation>
    </message>
    <message>
      <source>held</source>
      <translation>ocupado</translation>
    </message>
    <message>
      <source>hot_lists</source>
      <translation>listas de alerta</translation>
    </message>
    <message>
      <source>ids of readers, with commas</source>
      <translation>ids de lectores, con comas</translation>
    </message>
    <message>
      <source>ids of searches, hits, stops or flags, with commas</source>
      <translation>ids de búsquedas, coincidencias, paradas o señales, con comas</translation>
    </message>
    <message>
      <source>immigration</source>
      <translation>inmigración</translation>
    </message>
    <message>
      <source>immigration: its work is immigration enforcement</source>
      <translation>inmigración: su labor es aplicar las leyes de inmigración</translation>
    </message>
    <message>
      <source>in force</source>
      <translation>en vigor</translation>
    </message>
    <message>
      <source>in force: due again</source>
      <translation>en vigor: tocan de nuevo</translation>
    </message>
    <message>
      <source>in use</source>
      <translation>en uso</translation>
    </message>
    <message>
      <source>its name in the register of agreements</source>
      <translation>su nombre en el libro de convenios</translation>
    </message>
    <message>
      <source>law</source>
      <translation>ley</translation>
    </message>
    <message>
      <source>lesson</source>
      <translation>lección</translation>
    </message>
    <message>
      <source>listed</source>
      <translation>anotada</translation>
    </message>
    <message>
      <source>memorandum of understanding</source>
      <translation>memorando de entendimiento</translation>
    </message>
    <message>
      <source>mobile</source>
      <translation>móvil</translation>
    </message>
    <message>
      <source>name and office of the person</source>
      <translation>nombre y cargo de la persona</translation>
    </message>
    <message>
      <source>national</source>
      <translation>nacional</translation>
    </message>
    <message>
      <source>no</source>
      <translation>no</translation>
    </message>
    <message>
      <source>no contract: no access</source>
      <translation>sin contrato: sin acceso</translation>
    </message>
    <message>
      <source>no sharing but under the policy; the declaration of agencies out of state</source>
      <translation>compartir solo según la política; la declaración de agencias de otro estado</translation>
    </message>
    <message>
      <source>no such records</source>
      <translation>no hay tales registros</translation>
    </message>
    <message>
      <source>none</source>
      <translation>ninguna</translation>
    </message>
    <message>
      <source>nontraditional</source>
      <translation>no tradicional</translation>
    </message>
    <message>
      <source>nontraditional: a special operation or a criminal investigation</source>
      <translation>no tradicional: un operativo especial o una investigación criminal</translation>
    </message>
    <message>
      <source>not accepted</source>
      <translation>no aceptada</translation>
    </message>
    <message>
      <source>not marked yet</source>
      <translation>sin marcar aún</translation>
    </message>
    <message>
      <source>number or title</source>
      <translation>número o título</translation>
    </message>
    <message>
      <source>on file</source>
      <translation>registrada</translation>
    </message>
    <message>
      <source>or: any</source>
      <translation>o: cualquiera</translation>
    </message>
    <message>
      <source>ordinary</source>
      <translation>ordinario</translation>
    </message>
    <message>
      <source>other</source>
      <translation>otro</translation>
    </message>
    <message>
      <source>other, see the reasons</source>
      <translation>otra, ver los motivos</translation>
    </message>
    <message>
      <source>penalties</source>
      <translation>sanciones</translation>
    </message>
    <message>
      <source>planned</source>
      <translation>planeado</translation>
    </message>
    <message>
      <source>policy</source>
      <translation>política</translation>
    </message>
    <message>
      <source>portable</source>
      <translation>portátil</translation>
    </message>
    <message>
      <source>privacy</source>
      <translation>privacidad</translation>
    </message>
    <message>
      <source>product</source>
      <translation>producto</translation>
    </message>
    <message>
      <source>prohibited_uses</source>
      <translation>usos prohibidos</translation>
    </message>
    <message>
      <source>public view</source>
      <translation>la vía pública</translation>
    </message>
    <message>
      <source>queries are judged</source>
      <translation>se juzgan las consultas</translation>
    </message>
    <message>
      <source>recalled</source>
      <translation>reclamado</translation>
    </message>
    <message>
      <source>received</source>
      <translation>recibida</translation>
    </message>
    <message>
      <source>received, to be reviewed</source>
      <translation>recibida, por revisar</translation>
    </message>
    <message>
      <source>referred for prosecution</source>
      <translation>remitido a la fiscalía</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>rechazado</translation>
    </message>
    <message>
      <source>regional</source>
      <translation>regional</translation>
    </message>
    <message>
      <source>release</source>
      <translation>entregar</translation>
    </message>
    <message>
      <source>release in part</source>
      <translation>entregar en parte</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>retirada</translation>
    </message>
    <message>
      <source>repaired, to be checked</source>
      <translation>reparado, por probar</translation>
    </message>
    <message>
      <source>reporting</source>
      <translation>informes</translation>
    </message>
    <message>
      <source>reproductive or gender-affirming</source>
      <translation>reproductiva o de afirmación de género</translation>
    </message>
    <message>
      <source>retired</source>
      <translation>dado de baja</translation>
    </message>
    <message>
      <source>returned or destroyed</source>
      <translation>devuelto o destruido</translation>
    </message>
    <message>
      <source>running</source>
      <translation>en curso</translation>
    </message>
    <message>
      <source>sample</source>
      <translation>una muestra</translation>
    </message>
    <message>
      <source>sealed package</source>
      <translation>paquete sellado</translation>
    </message>
    <message>
      <source>sharing</source>
      <translation>compartir datos</translation>
    </message>
    <message>
      <source>signed, follow-up owed</source>
      <translation>firmada, seguimiento pendiente</translation>
    </message>
    <message>
      <source>state</source>
      <translation>estatal</translation>
    </message>
    <message>
      <source>street and direction, or mount on the vehicle</source>
      <translation>calle y sentido, o lugar en el vehículo</translation>
    </message>
    <message>
      <source>such as 2026, third quarter</source>
      <translation>como 2026, tercer trimestre</translation>
    </message>
    <message>
      <source>such as POSTC G.4</source>
      <translation>como POSTC G.4</translation>
    </message>
    <message>
      <source>superseded</source>
      <translation>reemplazada</translation>
    </message>
    <message>
      <source>supervisor</source>
      <translation>supervisor</translation>
    </message>
    <message>
      <source>system</source>
      <translation>sistema</translation>
    </message>
    <message>
      <source>that it came through; empty: asked directly</source>
      <translation>por la que llegó; vacío: pedida directamente</translation>
    </message>
    <message>
      <source>the program fills it in</source>
      <translation>lo llena el programa</translation>
    </message>
    <message>
      <source>the user id of an account</source>
      <translation>el id de usuario de una cuenta</translation>
    </message>
    <message>
      <source>to be begun</source>
      <translation>por comenzar</translation>
    </message>
    <message>
      <source>to be completed</source>
      <translation>por completar</translation>
    </message>
    <message>
      <source>to be reported</source>
      <translation>por informar</translation>
    </message>
    <message>
      <source>training</source>
      <translation>capacitación</translation>
    </message>
    <message>
      <source>training before this day no longer counts</source>
      <translation>la capacitación anterior a este día ya no cuenta</translation>
    </message>
    <message>
      <source>under a court order</source>
      <translation>con orden judicial</translation>
    </message>
    <message>
      <source>unusual use</source>
      <translation>uso inusual</translation>
    </message>
    <message>
      <source>user ids, with commas</source>
      <translation>ids de usuario, con comas</translation>
    </message>
    <message>
      <source>valid</source>
      <translation>válido</translation>
    </message>
    <message>
      <source>visual_verification</source>
      <translation>verificación visual</translation>
    </message>
    <message>
      <source>waits for approval</source>
      <translation>espera aprobación</translation>
    </message>
    <message>
      <source>waits for the Chief</source>
      <translation>espera al jefe</translation>
    </message>
    <message>
      <source>where audits are at the Chief's discretion</source>
      <translation>donde las auditorías quedan a criterio del jefe</translation>
    </message>
    <message>
      <source>with the Chief</source>
      <translation>ante el jefe</translation>
    </message>
    <message>
      <source>with the vendor</source>
      <translation>con el proveedor</translation>
    </message>
    <message>
      <source>withdrawn</source>
      <translation>retirada</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>sí</translation>
    </message>
  </context>
  <context>
    <name>report</name>
    <message>
      <source>ALPR data was used: a plate reader alerted on the vehicle.</source>
      <translation>Se usaron datos ALPR: un lector de placas dio alerta del vehículo.</translation>
    </message>
    <message>
      <source>After the stop it was found: %1.</source>
      <translation>Después de la parada se halló: %1.</translation>
    </message>
    <message>
      <source>Exigent circumstances, put on record at %1, went before the steps.</source>
      <translation>Circunstancias apremiantes, registradas a las %1, precedieron a los pasos.</translation>
    </message>
    <message>
      <source>I confirmed the plate and the issuing state by eye at %1, after the stop.</source>
      <translation>Confirmé la placa y el estado emisor a la vista a las %1, después de la parada.</translation>
    </message>
    <message>
      <source>I confirmed the plate and the issuing state by eye at %1, before the stop.</source>
      <translation>Confirmé la placa y el estado emisor a la vista a las %1, antes de la parada.</translation>
    </message>
    <message>
      <source>I stopped it on independent reasonable suspicion, put on record at %1.</source>
      <translation>Lo paré por sospecha razonable independiente, registrada a las %1.</translation>
    </message>
    <message>
      <source>Its status could not be asked before the stop; why is on record since %1.</source>
      <translation>Su vigencia no se pudo consultar antes de la parada; el porqué está registrado desde las %1.</translation>
    </message>
    <message>
      <source>Its status was verified through %1 at %2, after the stop.</source>
      <translation>Su vigencia se verificó por %1 a las %2, después de la parada.</translation>
    </message>
    <message>
      <source>Its status was verified through %1 at %2, before the stop.</source>
      <translation>Su vigencia se verificó por %1 a las %2, antes de la parada.</translation>
    </message>
    <message>
      <source>Not confirmed yet, still owed: %1.</source>
      <translation>Aún sin confirmar, pendiente: %1.</translation>
    </message>
    <message>
      <source>The entering agency (%1) confirmed the hit at %2.</source>
      <translation>La agencia (%1) confirmó la coincidencia a las %2.</translation>
    </message>
  </context>
  <context>
    <name>searched</name>
    <message>
      <source>■ Headquarters: asking ...</source>
      <translation>■ Central: consultando ...</translation>
    </message>
    <message>
      <source>▲ %1 not searched: %2</source>
      <translation>▲ %1 sin buscar: %2</translation>
    </message>
    <message>
      <source>✓ %1: found %2</source>
      <translation>✓ %1: hallado %2</translation>
    </message>
    <message>
      <source>✓ %1: found %2, the newest are shown</source>
      <translation>✓ %1: hallado %2, se muestran los más nuevos</translation>
    </message>
  </context>
  <context>
    <name>splash</name>
    <message>
      <source>Opening the store ...</source>
      <translation>Abriendo el almacén ...</translation>
    </message>
  </context>
  <context>
    <name>statements</name>
    <message>
      <source>Exigent circumstances</source>
      <translation>Circunstancias apremiantes</translation>
    </message>
    <message>
      <source>Facts for this purpose</source>
      <translation>Hechos para este propósito</translation>
    </message>
    <message>
      <source>I know the driver, who</source>
      <translation>conozco al conductor, quien</translation>
    </message>
    <message>
      <source>I saw the driver</source>
      <translation>Vi que el conductor</translation>
    </message>
    <message>
      <source>Independent reasonable suspicion</source>
      <translation>Sospecha razonable independiente</translation>
    </message>
    <message>
      <source>It goes around comparing plate, state and vehicle by eye. The status has to be verified all the same.</source>
      <translation>Exime de comparar a la vista placa, estado y vehículo. La vigencia se debe verificar igual.</translation>
    </message>
    <message>
      <source>No person has confirmed the hit. On what else do you act?</source>
      <translation>Ninguna persona ha confirmado la coincidencia. ¿En qué más se basa?</translation>
    </message>
    <message>
      <source>Other facts for the arrest or seizure</source>
      <translation>Otros hechos para el arresto o la incautación</translation>
    </message>
    <message>
      <source>The outcome is recorded with these facts, and a supervisor sees that no person had confirmed.</source>
      <translation>El resultado se registra con estos hechos, y un supervisor ve que ninguna persona confirmó.</translation>
    </message>
    <message>
      <source>The status can't be asked now</source>
      <translation>La vigencia no se puede consultar ahora</translation>
    </message>
    <message>
      <source>The stop may go before the status. The status stays owed, in front of you, until it is verified.</source>
      <translation>La parada puede ir antes. La vigencia queda pendiente, a la vista, hasta que se verifique.</translation>
    </message>
    <message>
      <source>The stop may go first. Each step that it skips stays owed, and a supervisor sees it.</source>
      <translation>La parada puede ir primero. Cada paso que salte queda pendiente, y un supervisor lo ve.</translation>
    </message>
    <message>
      <source>They go on record with the stop.</source>
      <translation>Se registran con la parada.</translation>
    </message>
    <message>
      <source>What did you see yourself, apart from the reader's alert, that gives reason to stop this vehicle?</source>
      <translation>¿Qué vio usted, aparte de la alerta del lector, que da motivo para parar este vehículo?</translation>
    </message>
    <message>
      <source>What is happening that can't wait for the steps?</source>
      <translation>¿Qué está pasando que no puede esperar los pasos?</translation>
    </message>
    <message>
      <source>Which facts make this stop serve that purpose?</source>
      <translation>¿Qué hechos hacen que esta parada sirva a ese propósito?</translation>
    </message>
    <message>
      <source>Why can neither NCIC nor dispatch be asked before the stop?</source>
      <translation>¿Por qué no se puede preguntar al NCIC ni a despacho antes de la parada?</translation>
    </message>
    <message>
      <source>a child was taken, and</source>
      <translation>se llevaron a un menor, y</translation>
    </message>
    <message>
      <source>a person in the vehicle is in danger:</source>
      <translation>una persona en el vehículo está en peligro:</translation>
    </message>
    <message>
      <source>a witness identified</source>
      <translation>un testigo identificó</translation>
    </message>
    <message>
      <source>a witness told me that</source>
      <translation>un testigo me dijo que</translation>
    </message>
    <message>
      <source>dispatch asked me to</source>
      <translation>despacho me pidió</translation>
    </message>
    <message>
      <source>dispatch does not answer since</source>
      <translation>despacho no responde desde</translation>
    </message>
    <message>
      <source>dispatch said that the check takes</source>
      <translation>despacho dijo que la consulta tarda</translation>
    </message>
    <message>
      <source>in plain view I saw</source>
      <translation>vi a simple vista</translation>
    </message>
    <message>
      <source>it belongs to the case</source>
      <translation>pertenece al caso</translation>
    </message>
    <message>
      <source>it fits the description of</source>
      <translation>corresponde a la descripción de</translation>
    </message>
    <message>
      <source>it ran the red light at</source>
      <translation>se pasó la luz roja en</translation>
    </message>
    <message>
      <source>no link to headquarters since</source>
      <translation>sin enlace con la central desde</translation>
    </message>
    <message>
      <source>shots were fired from the vehicle at</source>
      <translation>hubo disparos desde el vehículo en</translation>
    </message>
    <message>
      <source>the driver admitted that</source>
      <translation>el conductor admitió que</translation>
    </message>
    <message>
      <source>the driver endangers others:</source>
      <translation>el conductor pone en peligro a otros:</translation>
    </message>
    <message>
      <source>the driver flees a crash with injury at</source>
      <translation>el auto huye de un choque con heridos en</translation>
    </message>
    <message>
      <source>the driver resisted when</source>
      <translation>el conductor se resistió cuando</translation>
    </message>
    <message>
      <source>the person named in the entry</source>
      <translation>la persona nombrada en la entrada</translation>
    </message>
    <message>
      <source>the radio is down since</source>
      <translation>la radio no funciona desde</translation>
    </message>
    <message>
      <source>the vehicle left its lane and</source>
      <translation>el vehículo salió de su carril y</translation>
    </message>
    <message>
      <source>the vehicle was reported stolen by</source>
      <translation>el vehículo fue reportado robado por</translation>
    </message>
    <message>
      <source>the vehicle would leave the state at</source>
      <translation>el vehículo saldría del estado en</translation>
    </message>
    <message>
      <source>the vehicle's number is the one of</source>
      <translation>el número del vehículo es el de</translation>
    </message>
    <message>
      <source>there is a warrant for the driver:</source>
      <translation>hay una orden contra el conductor:</translation>
    </message>
    <message>
      <source>waiting would let</source>
      <translation>esperar permitiría que</translation>
    </message>
  </context>
  <context>
    <name>status</name>
    <message>
      <source>%1 owed</source>
      <translation>%1 pend.</translation>
    </message>
    <message>
      <source>%1 to check</source>
      <translation>%1 por probar</translation>
    </message>
    <message>
      <source>Cam %1</source>
      <translation>Cám %1</translation>
    </message>
    <message>
      <source>Equipment</source>
      <translation>Equipo</translation>
    </message>
    <message>
      <source>GPS</source>
      <translation>GPS</translation>
    </message>
    <message>
      <source>Link</source>
      <translation>Enlace</translation>
    </message>
    <message>
      <source>Muted</source>
      <translation>Silenciado</translation>
    </message>
    <message>
      <source>Owed</source>
      <translation>Pendiente</translation>
    </message>
    <message>
      <source>Refused by HQ</source>
      <translation>Rechazó la central</translation>
    </message>
    <message>
      <source>down, %1 owed</source>
      <translation>caído, %1 pend.</translation>
    </message>
    <message>
      <source>in English</source>
      <translation>en inglés</translation>
    </message>
    <message>
      <source>lost %1 ago</source>
      <translation>perdida hace %1</translation>
    </message>
    <message>
      <source>more · %1</source>
      <translation>más · %1</translation>
    </message>
    <message>
      <source>no fix</source>
      <translation>sin señal</translation>
    </message>
    <message>
      <source>none</source>
      <translation>ninguno</translation>
    </message>
    <message>
      <source>ok</source>
      <translation>bien</translation>
    </message>
    <message>
      <source>out of service: %1</source>
      <translation>fuera de servicio: %1</translation>
    </message>
    <message>
      <source>waiting</source>
      <translation>esperando</translation>
    </message>
  </context>
  <context>
    <name>voice</name>
    <message>
      <source>Earlier sighting</source>
      <translation>Vista antes</translation>
    </message>
    <message>
      <source>This is a test of the voice</source>
      <translation>Esta es una prueba de la voz</translation>
    </message>
    <message>
      <source>Training.</source>
      <translation>Entrenamiento.</translation>
    </message>
  </context>
  <context>
    <name>winds</name>
    <message>
      <source>E</source>
      <translation>E</translation>
    </message>
    <message>
      <source>N</source>
      <translation>N</translation>
    </message>
    <message>
      <source>NE</source>
      <translation>NE</translation>
    </message>
    <message>
      <source>NW</source>
      <translation>NO</translation>
    </message>
    <message>
      <source>S</source>
      <translation>S</translation>
    </message>
    <message>
      <source>SE</source>
      <translation>SE</translation>
    </message>
    <message>
      <source>SW</source>
      <translation>SO</translation>
    </message>
    <message>
      <source>W</source>
      <translation>O</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source> (with a citation)</source>
      <translation> (con fundamento legal)</translation>
    </message>
    <message>
      <source>A car's store was damaged or replaced</source>
      <translation>La base de datos de una patrulla se dañó o se cambió</translation>
    </message>
    <message>
      <source>A colleague's plate</source>
      <translation>La placa de un colega</translation>
    </message>
    <message>
      <source>A stop's basis fell</source>
      <translation>Cayó el fundamento de una parada</translation>
    </message>
    <message>
      <source>Accounts</source>
      <translation>Cuentas</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Vigente</translation>
    </message>
    <message>
      <source>Administrator</source>
      <translation>Administrador</translation>
    </message>
    <message>
      <source>Alerts</source>
      <translation>Alertas</translation>
    </message>
    <message>
      <source>Alerts only</source>
      <translation>Alerta solo</translation>
    </message>
    <message>
      <source>Alignment</source>
      <translation>Alineación</translation>
    </message>
    <message>
      <source>Another server answered a car in headquarters' place</source>
      <translation>Otro servidor respondió a un vehículo en lugar de la central</translation>
    </message>
    <message>
      <source>Answer not understood</source>
      <translation>Respuesta no entendida</translation>
    </message>
    <message>
      <source>Arrest</source>
      <translation>Arresto</translation>
    </message>
    <message>
      <source>Auditor</source>
      <translation>Auditor</translation>
    </message>
    <message>
      <source>Body</source>
      <translation>Carrocería</translation>
    </message>
    <message>
      <source>Cars</source>
      <translation>Patrullas</translation>
    </message>
    <message>
      <source>Case number</source>
      <translation>Número de caso</translation>
    </message>
    <message>
      <source>Caution</source>
      <translation>Precaución</translation>
    </message>
    <message>
      <source>Citation or warning</source>
      <translation>Multa o advertencia</translation>
    </message>
    <message>
      <source>Color</source>
      <translation>Color</translation>
    </message>
    <message>
      <source>Communications</source>
      <translation>Comunicaciones</translation>
    </message>
    <message>
      <source>Copied security key refused</source>
      <translation>Llave de seguridad copiada, rechazada</translation>
    </message>
    <message>
      <source>Could not verify</source>
      <translation>No se pudo verificar</translation>
    </message>
    <message>
      <source>Crime analyst</source>
      <translation>Analista del delito</translation>
    </message>
    <message>
      <source>Desk</source>
      <translation>Mesa</translation>
    </message>
    <message>
      <source>Disputes</source>
      <translation>Reclamaciones</translation>
    </message>
    <message>
      <source>Enforced, not confirmed by a person</source>
      <translation>Se actuó sin confirmación de una persona</translation>
    </message>
    <message>
      <source>Entries</source>
      <translation>Entradas</translation>
    </message>
    <message>
      <source>Exigent circumstances</source>
      <translation>Circunstancias apremiantes</translation>
    </message>
    <message>
      <source>Exigent stop, steps still owed</source>
      <translation>Parada apremiante, pasos pendientes</translation>
    </message>
    <message>
      <source>Expires</source>
      <translation>Vence</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Exposición</translation>
    </message>
    <message>
      <source>Facts</source>
      <translation>Hechos</translation>
    </message>
    <message>
      <source>Forwarded to</source>
      <translation>Avisos a</translation>
    </message>
    <message>
      <source>Headquarters</source>
      <translation>Central</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>Coincidencias</translation>
    </message>
    <message>
      <source>In the cars</source>
      <translation>En patrullas</translation>
    </message>
    <message>
      <source>Independent suspicion</source>
      <translation>Sospecha independiente</translation>
    </message>
    <message>
      <source>Judged</source>
      <translation>Evaluación</translation>
    </message>
    <message>
      <source>Loudness</source>
      <translation>Volumen</translation>
    </message>
    <message>
      <source>Make</source>
      <translation>Marca</translation>
    </message>
    <message>
      <source>Marks</source>
      <translation>Señas</translation>
    </message>
    <message>
      <source>Misread</source>
      <translation>Mal leídas</translation>
    </message>
    <message>
      <source>Misread, other characters</source>
      <translation>Mal leída, otros caracteres</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modelo</translation>
    </message>
    <message>
      <source>More searches than others make</source>
      <translation>Más búsquedas que los demás</translation>
    </message>
    <message>
      <source>More searches than this person's usual</source>
      <translation>Más búsquedas de lo usual en esta persona</translation>
    </message>
    <message>
      <source>New entry</source>
      <translation>Entrada nueva</translation>
    </message>
    <message>
      <source>Night</source>
      <translation>Noche</translation>
    </message>
    <message>
      <source>No record</source>
      <translation>Sin entrada</translation>
    </message>
    <message>
      <source>No report afterwards</source>
      <translation>Sin informe posterior</translation>
    </message>
    <message>
      <source>No response</source>
      <translation>Sin respuesta</translation>
    </message>
    <message>
      <source>Not active</source>
      <translation>No vigente</translation>
    </message>
    <message>
      <source>Not checked yet</source>
      <translation>Aún sin verificar</translation>
    </message>
    <message>
      <source>Obstruction</source>
      <translation>Obstrucción</translation>
    </message>
    <message>
      <source>Offense</source>
      <translation>Delito</translation>
    </message>
    <message>
      <source>Offense type</source>
      <translation>Tipo de delito</translation>
    </message>
    <message>
      <source>Officer</source>
      <translation>Oficial</translation>
    </message>
    <message>
      <source>Officer's decision</source>
      <translation>Decisión del oficial</translation>
    </message>
    <message>
      <source>On record</source>
      <translation>Registrado</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Abiertos</translation>
    </message>
    <message>
      <source>Other end</source>
      <translation>Otro final</translation>
    </message>
    <message>
      <source>Other lists</source>
      <translation>Otras listas</translation>
    </message>
    <message>
      <source>Other state</source>
      <translation>Otro estado</translation>
    </message>
    <message>
      <source>Other vehicle</source>
      <translation>Otro vehículo</translation>
    </message>
    <message>
      <source>Outside of the hours on duty</source>
      <translation>Fuera de las horas de servicio</translation>
    </message>
    <message>
      <source>Owner of an entry to be told</source>
      <translation>Avisar al dueño de una entrada</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parámetros</translation>
    </message>
    <message>
      <source>Plate differs</source>
      <translation>La placa difiere</translation>
    </message>
    <message>
      <source>Prohibited use refused</source>
      <translation>Uso prohibido rechazado</translation>
    </message>
    <message>
      <source>Purpose</source>
      <translation>Propósito</translation>
    </message>
    <message>
      <source>READ ANOTHER STATE</source>
      <translation>LEYÓ OTRO ESTADO</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Motivo</translation>
    </message>
    <message>
      <source>Record of another plate or state</source>
      <translation>Entrada de otra placa o estado</translation>
    </message>
    <message>
      <source>Registers</source>
      <translation>Libros</translation>
    </message>
    <message>
      <source>Released</source>
      <translation>Liberado</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>Informes</translation>
    </message>
    <message>
      <source>Requested</source>
      <translation>Solicitada</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>Solicitudes</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Resultados</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Buscar</translation>
    </message>
    <message>
      <source>Sharpness</source>
      <translation>Nitidez</translation>
    </message>
    <message>
      <source>Stale</source>
      <translation>Obsoletas</translation>
    </message>
    <message>
      <source>Stale entry, not active any more</source>
      <translation>Entrada desactualizada, ya no vigente</translation>
    </message>
    <message>
      <source>State differs</source>
      <translation>El estado difiere</translation>
    </message>
    <message>
      <source>Status not possible before</source>
      <translation>Vigencia no posible antes</translation>
    </message>
    <message>
      <source>Stop before the status; status owed</source>
      <translation>Parada antes de la vigencia; vigencia pendiente</translation>
    </message>
    <message>
      <source>Stops</source>
      <translation>Paradas</translation>
    </message>
    <message>
      <source>Supervisor</source>
      <translation>Supervisor</translation>
    </message>
    <message>
      <source>Test plate</source>
      <translation>Placa de prueba</translation>
    </message>
    <message>
      <source>The person's own plate</source>
      <translation>La placa de la propia persona</translation>
    </message>
    <message>
      <source>The same plate again and again</source>
      <translation>La misma placa una y otra vez</translation>
    </message>
    <message>
      <source>This car</source>
      <translation>Este vehículo</translation>
    </message>
    <message>
      <source>To review</source>
      <translation>Por revisar</translation>
    </message>
    <message>
      <source>Trainer</source>
      <translation>Instructor</translation>
    </message>
    <message>
      <source>Vehicle</source>
      <translation>Vehículo</translation>
    </message>
    <message>
      <source>Vehicle differs</source>
      <translation>El vehículo difiere</translation>
    </message>
    <message>
      <source>Vehicle located, entry removed</source>
      <translation>Vehículo localizado, entrada retirada</translation>
    </message>
    <message>
      <source>Vehicle located, nobody to stop</source>
      <translation>Vehículo localizado, nadie a quien parar</translation>
    </message>
    <message>
      <source>Vehicle or plate recovered</source>
      <translation>Vehículo o placa recuperado</translation>
    </message>
    <message>
      <source>Vendor's store</source>
      <translation>Almacén del proveedor</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>Versiones</translation>
    </message>
    <message>
      <source>Watch</source>
      <translation>Vigilancia</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>Who, where</source>
      <translation>Quién, dónde</translation>
    </message>
    <message>
      <source>approved</source>
      <translation>aprobada</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>cambiada</translation>
    </message>
    <message>
      <source>checked with CJIS/NCIC</source>
      <translation>verificada con CJIS/NCIC</translation>
    </message>
    <message>
      <source>could not read the state</source>
      <translation>no pudo leer el estado</translation>
    </message>
    <message>
      <source>ended</source>
      <translation>terminó</translation>
    </message>
    <message>
      <source>expired</source>
      <translation>vencida</translation>
    </message>
    <message>
      <source>fault</source>
      <translation>falla</translation>
    </message>
    <message>
      <source>hit</source>
      <translation>coincidencia</translation>
    </message>
    <message>
      <source>hits</source>
      <translation>coincidencias</translation>
    </message>
    <message>
      <source>ids of records, with commas</source>
      <translation>ids de asientos, con comas</translation>
    </message>
    <message>
      <source>in force since %1, review due %2</source>
      <translation>en vigor desde %1, revisión antes de %2</translation>
    </message>
    <message>
      <source>mistake</source>
      <translation>error</translation>
    </message>
    <message>
      <source>mistakes</source>
      <translation>errores</translation>
    </message>
    <message>
      <source>not authorized</source>
      <translation>no autorizada</translation>
    </message>
    <message>
      <source>not complete</source>
      <translation>incompleta</translation>
    </message>
    <message>
      <source>not set</source>
      <translation>sin fijar</translation>
    </message>
    <message>
      <source>ok</source>
      <translation>bien</translation>
    </message>
    <message>
      <source>outcome</source>
      <translation>resultado</translation>
    </message>
    <message>
      <source>outcomes</source>
      <translation>resultados</translation>
    </message>
    <message>
      <source>plate</source>
      <translation>placa</translation>
    </message>
    <message>
      <source>put in force</source>
      <translation>puesta en vigor</translation>
    </message>
    <message>
      <source>read the same state</source>
      <translation>leyó el mismo estado</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>rechazada</translation>
    </message>
    <message>
      <source>refused: </source>
      <translation>rechazado: </translation>
    </message>
    <message>
      <source>removed</source>
      <translation>retirada</translation>
    </message>
    <message>
      <source>renewal asked</source>
      <translation>renovación pedida</translation>
    </message>
    <message>
      <source>requested</source>
      <translation>solicitada</translation>
    </message>
    <message>
      <source>silent</source>
      <translation>sin señal</translation>
    </message>
    <message>
      <source>starting</source>
      <translation>arrancando</translation>
    </message>
    <message>
      <source>state</source>
      <translation>estado</translation>
    </message>
    <message>
      <source>status</source>
      <translation>vigencia</translation>
    </message>
    <message>
      <source>step</source>
      <translation>paso</translation>
    </message>
    <message>
      <source>steps</source>
      <translation>pasos</translation>
    </message>
    <message>
      <source>still active</source>
      <translation>sigue vigente</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>se detuvo</translation>
    </message>
    <message>
      <source>user ids, with commas</source>
      <translation>ids de usuario, con comas</translation>
    </message>
    <message>
      <source>vehicle</source>
      <translation>vehículo</translation>
    </message>
    <message>
      <source>verification</source>
      <translation>verificación</translation>
    </message>
    <message>
      <source>verifications</source>
      <translation>verificaciones</translation>
    </message>
    <message>
      <source>■ Car locked</source>
      <translation>■ Patrulla bloqueada</translation>
    </message>
    <message>
      <source>■ Car revoked</source>
      <translation>■ Patrulla revocada</translation>
    </message>
    <message>
      <source>■ Sign-in refused</source>
      <translation>■ Inicio de sesión rechazado</translation>
    </message>
    <message>
      <source>■ Turned away</source>
      <translation>■ Entrada negada</translation>
    </message>
    <message>
      <source>■ Unusual use</source>
      <translation>■ Uso inusual</translation>
    </message>
    <message>
      <source>■ not verified</source>
      <translation>■ sin verificar</translation>
    </message>
    <message>
      <source>■ open</source>
      <translation>■ abierta</translation>
    </message>
    <message>
      <source>■ to be judged</source>
      <translation>■ por evaluar</translation>
    </message>
    <message>
      <source>■ to decide</source>
      <translation>■ por decidir</translation>
    </message>
    <message>
      <source>■ waits for the link</source>
      <translation>■ espera el enlace</translation>
    </message>
    <message>
      <source>▲ Account locked</source>
      <translation>▲ Cuenta bloqueada</translation>
    </message>
    <message>
      <source>▲ Another server in headquarters' place</source>
      <translation>▲ Otro servidor en lugar de la central</translation>
    </message>
    <message>
      <source>▲ Car wiped</source>
      <translation>▲ Patrulla borrada</translation>
    </message>
    <message>
      <source>▲ Copied security key</source>
      <translation>▲ Llave de seguridad copiada</translation>
    </message>
    <message>
      <source>▲ Exigent stop</source>
      <translation>▲ Parada apremiante</translation>
    </message>
    <message>
      <source>▲ Prohibited use refused</source>
      <translation>▲ Uso prohibido rechazado</translation>
    </message>
    <message>
      <source>▲ Sharing refused</source>
      <translation>▲ Entrega de datos rechazada</translation>
    </message>
    <message>
      <source>▲ Store damaged or replaced</source>
      <translation>▲ Base de datos dañada o cambiada</translation>
    </message>
    <message>
      <source>○ Account released</source>
      <translation>○ Cuenta desbloqueada</translation>
    </message>
    <message>
      <source>○ Account suspended</source>
      <translation>○ Cuenta suspendida</translation>
    </message>
    <message>
      <source>○ Data exported</source>
      <translation>○ Datos exportados</translation>
    </message>
    <message>
      <source>○ Exception granted</source>
      <translation>○ Excepción concedida</translation>
    </message>
    <message>
      <source>○ ended</source>
      <translation>○ terminada</translation>
    </message>
    <message>
      <source>○ expired</source>
      <translation>○ vencida</translation>
    </message>
    <message>
      <source>○ lifted</source>
      <translation>○ levantada</translation>
    </message>
    <message>
      <source>○ not now</source>
      <translation>○ ahora no</translation>
    </message>
    <message>
      <source>○ removed</source>
      <translation>○ retirada</translation>
    </message>
    <message>
      <source>✓ Saved, with its proof beside it: %1</source>
      <translation>✓ Guardado, con su prueba al lado: %1</translation>
    </message>
    <message>
      <source>✓ active</source>
      <translation>✓ activa</translation>
    </message>
    <message>
      <source>✓ approved</source>
      <translation>✓ aprobada</translation>
    </message>
    <message>
      <source>✓ in order</source>
      <translation>✓ en orden</translation>
    </message>
    <message>
      <source>✓ passed</source>
      <translation>✓ pasó</translation>
    </message>
    <message>
      <source>✓ stop recorded</source>
      <translation>✓ parada registrada</translation>
    </message>
    <message>
      <source>✓ upheld: known false hit</source>
      <translation>✓ admitida: alerta falsa conocida</translation>
    </message>
    <message>
      <source>✗ Could not verify</source>
      <translation>✗ No se pudo verificar</translation>
    </message>
    <message>
      <source>✗ It can't be written there: %1</source>
      <translation>✗ No se puede escribir ahí: %1</translation>
    </message>
    <message>
      <source>✗ Misread, other characters</source>
      <translation>✗ Mal leída, otros caracteres</translation>
    </message>
    <message>
      <source>✗ Officer's decision</source>
      <translation>✗ Decisión del oficial</translation>
    </message>
    <message>
      <source>✗ Other state</source>
      <translation>✗ Otro estado</translation>
    </message>
    <message>
      <source>✗ Other vehicle</source>
      <translation>✗ Otro vehículo</translation>
    </message>
    <message>
      <source>✗ Stale entry, not active any more</source>
      <translation>✗ Entrada obsoleta, ya no vigente</translation>
    </message>
    <message>
      <source>✗ Vehicle located, nobody to stop</source>
      <translation>✗ Vehículo localizado, nadie a quien parar</translation>
    </message>
    <message>
      <source>✗ failed</source>
      <translation>✗ falló</translation>
    </message>
    <message>
      <source>✗ refused</source>
      <translation>✗ rechazada</translation>
    </message>
    <message>
      <source>✗ rejected</source>
      <translation>✗ rechazada</translation>
    </message>
  </context>
</TS>
