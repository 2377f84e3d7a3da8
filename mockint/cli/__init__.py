"""The commands: parse, wire, print. The only package that imports click."""
