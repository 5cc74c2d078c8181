#include "widgets/pane/search_items.h"

#include <algorithm>
#include <utility>

namespace rw::ui {

void SearchItems::add(Source source) {
    m_sources.push_back(std::move(source));
}

std::vector<SearchItem> SearchItems::all() const {
    std::vector<SearchItem> items;
    for (const Source& source : m_sources) source(items);
    std::stable_sort(items.begin(), items.end(),
                     [](const SearchItem& a, const SearchItem& b) { return a.kind < b.kind; });
    return items;
}

}  // namespace rw::ui
