"""What the reader can say: 36 characters, in the order of the network's outputs after 'no character'."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
