// Places in JSON texts as Spark's get_json_object takes them.
#pragma once
#include <string>

#include "core/sql/functions/json_path.h"

namespace rw {

/// “$['address']['city'][0]”
std::string sparkJsonPlace(const sql::JsonPath& path);
/// Whether Spark can look there: it takes no quote or question mark in a name.
bool sparkTakesPlace(const sql::JsonPath& path);

}  // namespace rw
