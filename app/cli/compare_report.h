// How rows of two engines differ, for people and as JSON.
#pragma once
#include <string>

#include "core/compare/compare.h"

namespace rw::cli {

/// The names of both sides.
struct ComparedNames {
    std::string a{}, b{};
};

/// Of each kind of difference the first `rows`.
std::string compareText(const CompareReport& report, const ComparedNames& names, std::size_t rows);
Json compareJson(const CompareReport& report, const ComparedNames& names, std::size_t rows);

}  // namespace rw::cli
