// Files of the real disk that simulated runs read and nobody changes: a table to look things up in, and a
// subflow.
#pragma once
#include <string>

namespace rw::simulated {

/// A database with the table “items” of `number` and `name`: none, one or two rows of each number.
std::string itemsFile();

/// A subflow that gives the rows of a random source as they are: “in” to “rows”.
std::string partFile();

}  // namespace rw::simulated
