// Places in JSON texts as Spark's get_json_object takes them.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/form.h"
#include "core/sql/functions/json_path.h"

namespace rw {

/// “$['address']['city'][0]”
std::string sparkJsonPlace(const sql::JsonPath& path);
/// Refuses a node one of whose `columns` is at a place where Spark can't look: it takes no quote or question
/// mark in a name. True when it did.
bool sparkRefusePlaces(NodeForm& form, const std::vector<sql::JsonPath>& paths);

}  // namespace rw
