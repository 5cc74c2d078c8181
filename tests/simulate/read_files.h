// Input of simulated runs beside their sources: tables to look things up in, and a subflow. All are on the
// real disk, where validation and checks for their presence see them.
#pragma once
#include <string>

namespace rw::simulated {

/// The path of a database with the table “items” of `number` and `name`: none, one or two rows of each
/// number. Runs read it from the simulated disk, which is to have the same bytes there.
std::string itemsFile();
/// These bytes.
std::string itemsDatabase();

/// The path of a database with the table “watched” (watched_table.h), which is changed on the simulated disk.
std::string watchedFile();

/// The bytes of a database that these statements make.
std::string databaseOf(const char* statements);

/// The path of a subflow that gives the rows of a random source as they are, “in” to “rows”.
std::string partFile();

}  // namespace rw::simulated
