// What a PostgreSQL in memory reads out of statements and of values in binary form.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/databases/postgresql_world.h"

namespace rw::test {

/// The names between double quotes in a text.
std::vector<std::string> quotedNames(std::string_view text);
/// The text up to the bracket that closes the one at its beginning, both left out.
std::string_view inBrackets(std::string_view text);
/// Parts with commas between, those in brackets left whole.
std::vector<std::string> partsOf(std::string_view text);
/// “"s"."t" …”: s.t; `text` begins behind it.
std::string takeTable(std::string_view& text);

std::uint32_t typeOfDeclared(const std::string& declared);
int modifierOfDeclared(const std::string& declared);
/// The name under which the catalogue has it.
std::string catalogueName(const std::string& declared);

void appendWorldNumber(std::string& out, std::uint64_t number, int size);
/// The binary form of a value that is a text.
std::string worldBytes(const std::string& text, std::uint32_t type);
/// A value in binary form, as text.
std::string worldText(std::string_view bytes, std::uint32_t type);
std::vector<WorldCell> worldArray(std::string_view bytes);
/// The rows of COPY BINARY into columns of these types.
std::vector<std::vector<WorldCell>> worldCopy(std::string_view bytes,
                                              const std::vector<std::uint32_t>& types);

}  // namespace rw::test
