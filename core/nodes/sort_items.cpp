#include "core/nodes/sort_items.h"

#include <algorithm>
#include <string>

#include "core/base/ascii.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

constexpr std::string_view kBlank = " \t";

struct SortItem {
    std::string name;
    bool descending = false;
};

/// “n DESC”, “`order` ASC”, “n”.
SortItem parseSortItem(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(kBlank)));
    text = text.substr(0, text.find_last_not_of(kBlank) + 1);
    bool descending = false;
    const std::size_t blank = text.find_last_of(kBlank);
    if (blank != std::string_view::npos) {
        const std::string_view last = text.substr(blank + 1);
        const bool desc = sameAsciiWord(last, "desc");
        if (desc || sameAsciiWord(last, "asc")) {
            descending = desc;
            text = text.substr(0, text.find_last_not_of(kBlank, blank) + 1);
        }
    }
    if (text.size() > 2 && text.front() == '`' && text.back() == '`') text = text.substr(1, text.size() - 2);
    return {std::string(text), descending};
}

}  // namespace

std::vector<SortColumn> bindSortItems(BindContext& context, std::string_view param, const Schema& schema) {
    std::vector<SortColumn> columns;
    const std::vector<std::string> items = context.list(param);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto [name, descending] = parseSortItem(items[i]);
        const int column =
            requireColumn(context, param, schema, name, static_cast<int>(i), descending ? " DESC" : "");
        if (column >= 0) columns.push_back({column, descending});
    }
    return columns;
}

}  // namespace rw
