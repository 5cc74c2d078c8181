#include "core/cluster/flink/flink_page.h"

#include <algorithm>
#include <charconv>

#include "core/cluster/flink/flink_rest.h"
#include "core/cluster/json_client.h"
#include "core/cluster/json_members.h"
#include "core/data/base64.h"
#include "core/data/text.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

std::optional<Type> typeOfLogical(const std::string& root, const Json& logical) {
    if (root == "DECIMAL")
        return Type::decimal(static_cast<int>(integerIn(logical, "precision", 10)),
                             static_cast<int>(integerIn(logical, "scale", 0)));
    if (root == "BOOLEAN") return Type::of(TypeId::Boolean);
    if (root == "TINYINT" || root == "SMALLINT" || root == "INTEGER") return Type::of(TypeId::Int);
    if (root == "BIGINT") return Type::of(TypeId::Bigint);
    if (root == "FLOAT" || root == "DOUBLE") return Type::of(TypeId::Double);
    if (root == "CHAR" || root == "VARCHAR") return Type::of(TypeId::String);
    if (root == "BINARY" || root == "VARBINARY") return Type::of(TypeId::Bytes);
    if (root == "DATE") return Type::of(TypeId::Date);
    if (root.starts_with("TIMESTAMP")) return Type::of(TypeId::Timestamp);
    return std::nullopt;
}

/// “2024-03-01 00:00”, “2024-03-01T00:00:00.5Z” as “2024-03-01 00:00:00.500”.
std::string withMillis(std::string text) {
    std::replace(text.begin(), text.end(), 'T', ' ');
    if (text.ends_with('Z')) text.pop_back();
    if (std::count(text.begin(), text.end(), ':') == 1) text += ":00";
    const std::size_t point = text.rfind('.');
    std::string fraction = point == std::string::npos ? std::string() : text.substr(point + 1);
    fraction.resize(3, '0');
    return text.substr(0, point) + "." + fraction;
}

/// x'00ff' in Base64; anything else as it is.
std::string asBase64(std::string text) {
    if (text.size() < 3 || !text.starts_with("x'") || !text.ends_with('\'')) return text;
    const std::optional<std::string> bytes = parseHex(std::string_view(text).substr(2, text.size() - 3));
    if (!bytes) return text;
    std::string out;
    appendBase64(out, *bytes);
    return out;
}

/// PLAIN_TEXT has values as Flink's CAST to STRING writes them, but for BOOLEAN.
std::string asWeWriteIt(const FlinkColumn& column, std::string text) {
    if (!column.type) return text;
    if (column.type->is(TypeId::Timestamp)) return withMillis(std::move(text));
    if (column.type->is(TypeId::Bytes)) return asBase64(std::move(text));
    if (column.type->is(TypeId::Boolean) && text == "TRUE") return "true";
    if (column.type->is(TypeId::Boolean) && text == "FALSE") return "false";
    return text;
}

std::optional<RowKind> rowKindOf(const std::string& name) {
    if (name == "INSERT") return RowKind::Insert;
    if (name == "UPDATE_BEFORE") return RowKind::UpdateBefore;
    if (name == "UPDATE_AFTER") return RowKind::UpdateAfter;
    if (name == "DELETE") return RowKind::Delete;
    return std::nullopt;
}

/// The number of the page in “/v3/sessions/S/operations/O/result/7?rowFormat=PLAIN_TEXT”. Only that: a proxy
/// between client and gateway may change the rest of its paths.
std::optional<std::int64_t> pageNumber(std::string_view uri) {
    uri = uri.substr(0, uri.find('?'));
    uri.remove_prefix(std::min(uri.size(), uri.rfind('/') + 1));
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(uri.data(), uri.data() + uri.size(), number);
    if (error != std::errc() || end != uri.data() + uri.size() || number < 0) return std::nullopt;
    return number;
}

Result<ChangeRow> readRow(const HttpServer& server, const std::vector<FlinkColumn>& columns,
                          const Json& row) {
    const std::optional<RowKind> kind = rowKindOf(textIn(row, "kind"));
    const Json& fields = memberOf(row, "fields");
    if (!kind || !fields.is_array() || fields.size() != columns.size())
        return strangeAnswer(server, RW_TEXT("cluster", "a row has other fields than columns"));
    ChangeRow read{*kind, {}};
    read.cells.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (fields[i].is_null()) {
            read.cells.emplace_back();
        } else if (fields[i].is_string()) {
            read.cells.emplace_back(asWeWriteIt(columns[i], fields[i].get<std::string>()));
        } else {
            return strangeAnswer(server, RW_TEXT("cluster", "a value is no text"));
        }
    }
    return read;
}

}  // namespace

Result<FlinkPage> readFlinkPage(const HttpServer& server, const Json& answer) {
    FlinkPage page;
    const std::string state = textIn(answer, "resultType");
    if (state == "NOT_READY") return page;
    if (state != "PAYLOAD" && state != "EOS") return lacking(server, "resultType");
    page.state = state == "EOS" ? FlinkPage::State::End : FlinkPage::State::Rows;
    page.job = textIn(answer, "jobID");
    // It goes into paths of another server, and into the name of a file.
    if (!page.job.empty() && !isJobId(page.job)) return lacking(server, "jobID");
    if (page.state == FlinkPage::State::Rows) {
        const auto next = pageNumber(textIn(answer, "nextResultUri"));
        if (!next) return lacking(server, "nextResultUri");
        page.next = *next;
    }
    const Json& results = memberOf(answer, "results");
    for (const Json& column : memberOf(results, "columns")) {
        const Json& logical = memberOf(column, "logicalType");
        const std::string root = textIn(logical, "type");
        page.columns.push_back({textIn(column, "name"), root, typeOfLogical(root, logical)});
    }
    for (const Json& row : memberOf(results, "data")) {
        RW_TRY_ASSIGN(ChangeRow read, readRow(server, page.columns, row));
        page.rows.push_back(std::move(read));
    }
    return page;
}

}  // namespace rw
