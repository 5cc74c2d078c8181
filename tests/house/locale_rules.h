// Keywords, types and names are compared the same everywhere: nothing in the code goes by the locale that Qt
// sets from the environment.
#pragma once
#include <QString>

namespace rw::house {

/// What of the line goes by the locale, “word: what to use instead”; empty when nothing.
QString goesByLocale(const QString& line);

}  // namespace rw::house
