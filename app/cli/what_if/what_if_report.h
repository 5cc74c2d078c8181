// How variants of a pipeline differ, in words and as JSON.
#pragma once
#include <string>

#include "core/pipeline/json/json.h"
#include "core/what_if/what_if.h"

namespace rw::cli {

/// Of each kind of difference the first `rows`. `file`: of the pipeline, which is A; the variants are B and
/// so on.
std::string whatIfText(const WhatIfAnswer& answer, const std::string& file, std::size_t rows);
Json whatIfJson(const WhatIfAnswer& answer, std::size_t rows);

}  // namespace rw::cli
