// Texts in programs of Python, which both engines' programs are.
#pragma once
#include <string>
#include <string_view>

namespace rw {

/// A character of a string literal, with an escape where it needs one.
std::string pyCharacter(char c);
/// A string literal.
std::string pyText(std::string_view text);

}  // namespace rw
