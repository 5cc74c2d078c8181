// How rows of two engines differ, for programs. For people: core/compare/report_text.h.
#pragma once
#include "core/compare/report_text.h"
#include "core/pipeline/json/json.h"

namespace rw::cli {

/// Of each kind of difference the first `rows`.
Json compareJson(const CompareReport& report, const ComparedNames& names, std::size_t rows);

}  // namespace rw::cli
