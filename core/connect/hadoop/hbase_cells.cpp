#include "core/connect/hadoop/hbase_cells.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/base/figures.h"
#include "core/connect/hadoop/webhdfs_place.h"
#include "core/data/base64.h"
#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

constexpr std::size_t kLongestKey = 32'767;  ///< bytes, by HBase

/// Text as UTF-8, BYTES as they are.
void appendValue(std::string& out, const Column& column, std::size_t row) {
    if (column.type().is(TypeId::Bytes) || column.type().is(TypeId::String)) {
        out += column.string(row);
    } else {
        appendCell(out, column, row);
    }
}

Status noKey(Text why) {
    return {ErrorCode::Row, std::move(why)};
}

}  // namespace

Result<std::string> hbaseKey(const HbaseLayout& layout, const Batch& batch, std::size_t row) {
    std::string key;
    for (std::size_t i = 0; i < layout.key.size(); ++i) {
        const Column& column = batch.column(layout.key[i]);
        const std::string& name = batch.schema->fields[static_cast<std::size_t>(layout.key[i])].name;
        if (column.isNull(row)) return noKey(RW_TEXT("hadoop", "“%1” of the row key is NULL.").with(name));
        std::string part;
        appendValue(part, column, row);
        // Else two rows could have one key. The end of a text and the separator may be one together: “a|” and
        // ||.
        const bool apart =
            i + 1 == layout.key.size() || (part + layout.separator).find(layout.separator) == part.size();
        if (!apart)
            return noKey(RW_TEXT("hadoop", "“%1” has “%2” in it, which separates the columns of the row key.")
                             .with(name, layout.separator));
        if (i > 0) key += layout.separator;
        key += part;
    }
    if (key.empty()) return noKey(RW_TEXT("hadoop", "The row key is empty."));
    if (key.size() > kLongestKey)
        return noKey(RW_TEXT("hadoop", "The row key has %1, and HBase takes no more than %2.")
                         .with(figures::bytes(key.size()), figures::bytes(kLongestKey)));
    return key;
}

Result<std::int64_t> hbaseTime(const HbaseLayout& layout, const Batch& batch, std::size_t row) {
    const Column& times = batch.column(layout.timestamp);
    const std::string& name = batch.schema->fields[static_cast<std::size_t>(layout.timestamp)].name;
    if (times.isNull(row))
        return noKey(RW_TEXT("hadoop", "“%1”, the time of the cells, is NULL.").with(name));
    const Instant time = times.at<Instant>(row);
    if (time < 0)
        return noKey(
            RW_TEXT("hadoop", "“%1”, the time of the cells, is before 1970, which HBase does not take.")
                .with(name));
    return time;
}

std::optional<std::string> hbaseRow(const HbaseLayout& layout, const Batch& batch, std::size_t row,
                                    std::string_view key, std::int64_t time) {
    std::string out = R"({"key":")";
    appendBase64(out, key);
    out += R"(","Cell":[)";
    bool any = false;
    for (const int index : layout.cells) {
        const Column& column = batch.column(index);
        const bool null = column.isNull(row);
        if (null && !layout.nullIsEmpty) continue;
        std::string value;
        if (!null) appendValue(value, column, row);
        out += any ? R"(,{"column":")" : R"({"column":")";
        appendBase64(out, layout.family + ':' + batch.schema->fields[static_cast<std::size_t>(index)].name);
        out += R"(","timestamp":)" + std::to_string(time) + R"(,"$":")";
        appendBase64(out, value);
        out += R"("})";
        any = true;
    }
    if (!any) return std::nullopt;
    return out + "]}";
}

std::string hbaseBody(const std::vector<std::string>& rows) {
    std::string body = R"({"Row":[)";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0) body += ',';
        body += rows[i];
    }
    return body + "]}";
}

std::string hbaseTablePath(std::string_view table) {
    return "/" + encodedValue(table);
}

std::string hbaseRowPath(std::string_view table, std::string_view key, std::string_view family,
                         std::int64_t time) {
    return hbaseTablePath(table) + '/' + encodedValue(key) + '/' + encodedValue(family) + '/' +
           std::to_string(time);
}

bool hasHbasePath(std::string_view key) {
    // The last two are lost on the way: who reads a path takes them for steps in it.
    static constexpr std::array<std::string_view, 6> kOthers{"schema",  "regions", "exists",
                                                             "scanner", ".",       ".."};
    return validUtf8Prefix(key) == key.size() && !key.ends_with('*') &&
           std::find(kOthers.begin(), kOthers.end(), key) == kOthers.end();
}

bool isHbaseTable(std::string_view name) {
    const std::size_t colon = name.find(':');
    if (colon != std::string_view::npos && (colon == 0 || !isHbaseTable(name.substr(colon + 1))))
        return false;
    const std::string_view first = name.substr(0, colon);
    return !first.empty() && first.front() != '.' && first.front() != '-' &&
           std::all_of(first.begin(), first.end(), [](char c) {
               return isAsciiLetter(c) || isAsciiDigit(c) || c == '_' || c == '-' || c == '.';
           });
}

bool isHbaseFamily(std::string_view name) {
    return !name.empty() && name.front() != '.' && std::none_of(name.begin(), name.end(), [](char c) {
        return isAsciiControl(c) || c == ':' || c == '/';
    });
}

std::optional<std::vector<std::string>> hbaseFamilies(std::string_view answer) {
    const Result<Json> read = parseJson(answer);
    if (!read.ok() || !read->is_object()) return std::nullopt;
    const auto columns = read->find("ColumnSchema");
    if (columns == read->end() || !columns->is_array()) return std::nullopt;
    std::vector<std::string> families;
    for (const Json& each : *columns) {
        const auto name = each.is_object() ? each.find("name") : each.end();
        if (name != each.end() && name->is_string()) families.push_back(name->get<std::string>());
    }
    return families;
}

}  // namespace rw
