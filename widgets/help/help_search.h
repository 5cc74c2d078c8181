// How well a help page matches a search.
#pragma once
#include <QString>

namespace rw::ui {

/// 0, unless the page, as Markdown, has all words of `typed`, in any order. The word that matches worst
/// counts most: one in the title is best, then one in a heading, in the text, and inside another word. Case
/// does not matter.
int helpScore(const QString& typed, const QString& page);

}  // namespace rw::ui
