; Installs a release beside the one before and then puts it in force by replacing one small file. Data stays on removal:
; it lies in each officer's own AppData, and the key in Windows' own vault.
Unicode true
SetCompressor /FINAL zlib
ManifestDPIAware true
RequestExecutionLevel admin
Name "Patrol MDT ${VERSION}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Patrol MDT"
ShowInstDetails show
LicenseData "${SOURCE}\LICENSE"
VIProductVersion "${VERSION}.0.0"
VIAddVersionKey ProductName "Patrol MDT"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Patrol MDT"
VIAddVersionKey LegalCopyright "Apache-2.0"

!include "LogicLib.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PatrolMDT"
!define RELEASE "$INSTDIR\releases\${VERSION}"

Page license
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "Patrol MDT needs 64-bit Windows." /SD IDOK
    Abort
  ${EndIf}
  SetRegView 64
  ReadRegStr $0 HKLM "${KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_ICONSTOP "A newer release ($0) is installed. A release never goes back." /SD IDOK
      SetErrorLevel 3
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  SetShellVarContext all
  SetRegView 64
  RMDir /r "$INSTDIR\releases\${VERSION}.draft"
  SetOutPath "$INSTDIR\releases\${VERSION}.draft"
  File /r "${SOURCE}\release\*"
  ClearErrors
  nsExec::ExecToLog '"$INSTDIR\releases\${VERSION}.draft\python\python.exe" -I -m mdt_app --version'
  Pop $0
  ${If} $0 != 0
    DetailPrint "The release does not start ($0); the one before stays in force."
    RMDir /r "$INSTDIR\releases\${VERSION}.draft"
    SetErrorLevel 2
    Abort
  ${EndIf}
  SetOutPath "$INSTDIR"
  RMDir /r "${RELEASE}"
  Rename "$INSTDIR\releases\${VERSION}.draft" "${RELEASE}"
  ${If} ${Errors}
    SetErrorLevel 2
    Abort "The program is running: close it, then install again."
  ${EndIf}
  File "/oname=mdt.cmd.next" "${SOURCE}\mdt.cmd"
  Delete "$INSTDIR\mdt.cmd"
  Rename "$INSTDIR\mdt.cmd.next" "$INSTDIR\mdt.cmd"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\Patrol MDT"
  CreateShortCut "$SMPROGRAMS\Patrol MDT\Patrol MDT.lnk" "${RELEASE}\python\pythonw.exe" "-I -m mdt_app run"
  CreateShortCut "$SMPROGRAMS\Patrol MDT\Training.lnk" "${RELEASE}\python\pythonw.exe" "-I -m mdt_app simulate"
  WriteRegStr HKLM "${KEY}" "DisplayName" "Patrol MDT"
  WriteRegStr HKLM "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${KEY}" "NoRepair" 1
SectionEnd

Section Uninstall
  SetShellVarContext all
  SetRegView 64
  RMDir /r "$INSTDIR\releases"
  Delete "$INSTDIR\mdt.cmd"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Patrol MDT\*.lnk"
  RMDir "$SMPROGRAMS\Patrol MDT"
  DeleteRegKey HKLM "${KEY}"
SectionEnd
