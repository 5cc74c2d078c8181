// SQL in parameters, written so that texts that mean the same are the same.
#pragma once
#include <string>
#include <string_view>

namespace rw::forecasting {

/// Blanks, comments, quotes that names do not need and the case of keywords and functions fall away. The text
/// itself when it is no SQL.
std::string canonicalSql(std::string_view text);
/// Of a frame (“ROWS 9 PRECEDING”) also the words that stand for its defaults.
std::string canonicalFrame(std::string_view text);

}  // namespace rw::forecasting
