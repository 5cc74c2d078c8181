// The answers to why a row is there, or is not, as text and as JSON.
#pragma once
#include <string>

#include "core/lineage/lineage.h"
#include "core/pipeline/json/json.h"

namespace rw::cli {

/// For people; above `kMostShown` rows of a step the first ones and the last ones are shown.
std::string lineageText(const Lineage& lineage);
std::string missingText(const MissingAnswer& answer);

/// For programs, with all rows that were kept.
Json lineageJson(const Lineage& lineage);
Json missingJson(const MissingAnswer& answer);

}  // namespace rw::cli
