// Texts in programs of Python, which both engines' programs are.
#pragma once
#include <string>

namespace rw {

/// A character of a string literal, with an escape where it needs one.
std::string pyCharacter(char c);

}  // namespace rw
