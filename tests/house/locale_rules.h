// Keywords, types and names are compared the same everywhere: nothing in the code goes by the locale that Qt
// sets from the environment.
#pragma once
#include <QString>

namespace rw::house {

/// The part of the line that depends on the locale, “word: what to use instead”; empty when none does.
QString goesByLocale(const QString& line);

}  // namespace rw::house
