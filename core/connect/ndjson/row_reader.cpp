#include "core/connect/ndjson/row_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/connect/files/byte_buffer.h"
#include "core/connect/messages/lines.h"
#include "core/sql/functions/json_scan.h"

namespace rw {

namespace {

namespace json = simdjson::ondemand;

static_assert(kReadAhead >= simdjson::SIMDJSON_PADDING);

constexpr std::string_view kJsonBlanks = " \t\r\n";
constexpr int kDeepestNested = sql::kDeepestJson;  // as JSON_VALUE

std::string_view withoutBlanksBehind(std::string_view token) {
    return token.substr(0, token.find_last_not_of(kJsonBlanks) + 1);
}

std::size_t skipJsonDigits(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at;
}

/// RFC 8259: -12.5e+3, without leading zeros, plus or a lonely point.
bool isJsonNumber(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = skipJsonDigits(text, at);
    if (whole == at || (text[at] == '0' && whole > at + 1)) return false;
    at = whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t end = skipJsonDigits(text, at + 1);
        if (end == at + 1) return false;
        at = end;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        const std::size_t end = skipJsonDigits(text, at);
        if (end == at) return false;
        at = end;
    }
    return at == text.size();
}

}  // namespace

/// simdjson finds where tokens begin and checks strings and UTF-8. This class reads the tokens: simdjson would
/// skip unread ones without checking them, and read numbers as doubles.
struct NdjsonRowReader::Walk {
    using Place = NdjsonFields::Place;

    Text read(std::string_view row, const NdjsonFields* wanted, const Visit* visited);

    Text readAsItLies(std::string_view row);
    simdjson::error_code begin();
    bool object(json::object& from, const Place* place, int depth);
    bool array(json::array& from, const Place* place, int depth);
    bool value(json::value& from, const Place* place, int depth, NdjsonValue& out);
    bool nested(json::value& from, const Place* place, int depth, NdjsonValue& out);
    bool string(json::value& from, std::string_view token, NdjsonValue& out);
    bool scalar(std::string_view token, NdjsonValue& out) const;
    bool key(json::field& from, const Place* place, const Place*& inner, std::string_view& name);
    bool standsAt(const char* at, const NdjsonFields::Field& field) const;
    /// Nothing was read within the place.
    void forget(const Place& place);
    /// Says that the row is no JSON from here on.
    bool brokenAt(const char* at) {
        broken = at;
        return false;
    }
    Text fault(simdjson::error_code error);

    json::parser parser;
    json::document document;
    std::string_view text;  ///< the row
    const NdjsonFields* fields = nullptr;
    const Visit* visit = nullptr;
    bool begun = false;            ///< `document` is that of the row
    const char* broken = nullptr;  ///< null: where simdjson stopped
    bool tooDeep = false;
    std::vector<NdjsonValue> values;
    std::vector<std::size_t> expected;  ///< for each place the field that is likely to come next
};

Text NdjsonRowReader::Walk::read(std::string_view row, const NdjsonFields* wanted, const Visit* visited) {
    fields = wanted;
    visit = visited;
    Text reason = readAsItLies(row);
    if (reason.empty() || row.data()[row.size()] != '}') return reason;
    // Where a brace follows, simdjson reports of any broken row that its braces do not match: a row gets the
    // same message wherever it is.
    std::string alone(row);
    alone.append(kReadAhead, ' ');
    visit = nullptr;
    return readAsItLies(std::string_view(alone).substr(0, row.size()));
}

Text NdjsonRowReader::Walk::readAsItLies(std::string_view row) {
    text = row;
    broken = nullptr;
    tooDeep = false;
    const Place* root = nullptr;
    if (fields != nullptr) {
        root = &fields->root();
        values.assign(fields->columns(), NdjsonValue{});
        expected.resize(fields->places().size());
    }
    json::object whole;
    simdjson::error_code error = begin();
    if (error == simdjson::SUCCESS) error = document.get_object().get(whole);
    if (error != simdjson::SUCCESS || !object(whole, root, 1)) return fault(error);
    const char* behind = nullptr;
    if (document.current_location().get(behind) == simdjson::SUCCESS) {
        brokenAt(behind);
        return fault(error);
    }
    if (root == nullptr) return {};
    for (const std::size_t column : root->columns) {
        const std::string_view all = row.substr(row.find_first_not_of(kJsonBlanks));
        values[column] = {NdjsonValue::Kind::Nested, false, withoutBlanksBehind(all)};
    }
    return {};
}

simdjson::error_code NdjsonRowReader::Walk::begin() {
    constexpr std::size_t kLeast = std::size_t{4} << 10, kLargestKept = std::size_t{1} << 20;
    // A parser needs six times the memory of its largest row.
    if (parser.capacity() > kLargestKept && text.size() <= kLargestKept) parser = json::parser();
    begun = false;
    if (parser.capacity() < text.size()) {
        const auto failed = parser.allocate(std::max(kLeast, std::bit_ceil(text.size())));
        if (failed != simdjson::SUCCESS) return failed;
    }
    const auto error = parser.iterate(text.data(), text.size(), text.size() + kReadAhead).get(document);
    begun = error == simdjson::SUCCESS;
    return error;
}

bool NdjsonRowReader::Walk::object(json::object& from, const Place* place, int depth) {
    for (auto result : from) {
        if (result.error() != simdjson::SUCCESS) return false;
        json::field& field = result.value_unsafe();
        const Place* inner = nullptr;
        std::string_view name;
        NdjsonValue read;
        if (!key(field, place, inner, name) || !value(field.value(), inner, depth, read)) return false;
        if (visit != nullptr && depth == 1) (*visit)(name, read);
    }
    return true;
}

bool NdjsonRowReader::Walk::array(json::array& from, const Place* place, int depth) {
    std::size_t index = 0;
    for (auto result : from) {
        if (result.error() != simdjson::SUCCESS) return false;
        const Place* inner = place != nullptr ? fields->element(*place, index) : nullptr;
        NdjsonValue read;
        if (!value(result.value_unsafe(), inner, depth, read)) return false;
        ++index;
    }
    return true;
}

bool NdjsonRowReader::Walk::value(json::value& from, const Place* place, int depth, NdjsonValue& out) {
    if (place != nullptr && place->inner()) forget(*place);
    const std::string_view token = from.raw_json_token();
    switch (token.front()) {
        case '{':
        case '[':
            if (!nested(from, place, depth + 1, out)) return false;
            break;
        case '"':
            if (!string(from, token, out)) return false;
            break;
        default:
            if (!scalar(withoutBlanksBehind(token), out)) return brokenAt(token.data());
    }
    if (place == nullptr) return true;
    for (const std::size_t column : place->columns) values[column] = out;
    return true;
}

bool NdjsonRowReader::Walk::nested(json::value& from, const Place* place, int depth, NdjsonValue& out) {
    tooDeep = depth > kDeepestNested;
    if (tooDeep) return false;
    const char* const start = from.raw_json_token().data();
    if (*start == '{') {
        json::object inside;
        if (from.get_object().get(inside) != simdjson::SUCCESS || !object(inside, place, depth)) return false;
    } else {
        json::array inside;
        if (from.get_array().get(inside) != simdjson::SUCCESS || !array(inside, place, depth)) return false;
    }
    const char* end = nullptr;  // the token behind it
    if (document.current_location().get(end) != simdjson::SUCCESS) return false;
    out.kind = NdjsonValue::Kind::Nested;
    out.text = withoutBlanksBehind({start, static_cast<std::size_t>(end - start)});
    return true;
}

bool NdjsonRowReader::Walk::string(json::value& from, std::string_view token, NdjsonValue& out) {
    const std::string_view quoted = withoutBlanksBehind(token);
    if (quoted.size() < 2 || quoted.back() != '"') return brokenAt(token.data());
    out.kind = NdjsonValue::Kind::String;
    out.text = quoted.substr(1, quoted.size() - 2);
    out.decoded = out.text.find('\\') != std::string_view::npos;
    const simdjson::error_code error =
        out.decoded ? from.get_string().get(out.text) : from.get_raw_json_string().error();
    return error == simdjson::SUCCESS || brokenAt(token.data());
}

/// Leaves the token to the iteration, which steps over scalars.
bool NdjsonRowReader::Walk::scalar(std::string_view token, NdjsonValue& out) const {
    if (token == "null") return true;
    const bool boolean = token == "true" || token == "false";
    if (!boolean && !isJsonNumber(token)) return false;
    out.kind = boolean ? NdjsonValue::Kind::Boolean : NdjsonValue::Kind::Number;
    out.text = token;
    return true;
}

bool NdjsonRowReader::Walk::key(json::field& from, const Place* place, const Place*& inner,
                                std::string_view& name) {
    const char* const at = from.key().raw();
    std::size_t found = NdjsonFields::kNone;
    if (place != nullptr && !place->fields.empty()) {
        // Rows mostly have their fields in one order: the next one is known by its bytes.
        const std::size_t next = expected[place->number];
        found = next < place->fields.size() ? next : 0;
        if (!standsAt(at, place->fields[found])) found = NdjsonFields::kNone;
    }
    if (found == NdjsonFields::kNone) {
        if (from.unescaped_key().get(name) != simdjson::SUCCESS) return brokenAt(at - 1);
        if (place != nullptr) found = NdjsonFields::find(*place, name);
    }
    if (found == NdjsonFields::kNone) return true;
    expected[place->number] = found + 1;
    inner = &fields->places()[place->fields[found].place];
    return true;
}

bool NdjsonRowReader::Walk::standsAt(const char* at, const NdjsonFields::Field& field) const {
    const std::size_t size = field.name.size();
    return field.plain && size < static_cast<std::size_t>(text.data() + text.size() - at) &&
           std::memcmp(at, field.name.data(), size) == 0 && at[size] == '"';
}

void NdjsonRowReader::Walk::forget(const Place& place) {
    const auto forgetInner = [this](std::size_t number) {
        const Place& inner = fields->places()[number];
        for (const std::size_t column : inner.columns) values[column] = {};
        forget(inner);
    };
    for (const NdjsonFields::Field& field : place.fields) forgetInner(field.place);
    for (const auto& [index, number] : place.elements) forgetInner(number);
}

Text NdjsonRowReader::Walk::fault(simdjson::error_code error) {
    if (Text reason = unsoundReason(text); !reason.empty()) return reason;
    const std::size_t first = text.find_first_not_of(kJsonBlanks);
    if (first == std::string_view::npos || text[first] != '{')
        return RW_TEXT("ndjson", "The row is not a JSON object.");
    if (tooDeep)
        return RW_TEXT("ndjson", "Objects and arrays are nested deeper than %1.").with(kDeepestNested);
    if (error == simdjson::UNCLOSED_STRING || error == simdjson::UNESCAPED_CHARS)
        return RW_TEXT("ndjson", "A string is not closed, or holds a control character.");
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT)
        return RW_TEXT("ndjson", "The object does not end where the row ends.");
    const char* const last = text.data() + text.size() - 1;
    const char* at = broken;
    if (at == nullptr && (!begun || document.current_location().get(at) != simdjson::SUCCESS)) at = last;
    return RW_TEXT("ndjson", "The row is no JSON from byte %1 on.")
        .with(std::min(at, last) - text.data() + 1);
}

NdjsonRowReader::NdjsonRowReader() : m_walk(std::make_unique<Walk>()) {}
NdjsonRowReader::~NdjsonRowReader() = default;

Text NdjsonRowReader::read(std::string_view row, const NdjsonFields& fields) {
    return m_walk->read(row, &fields, nullptr);
}

const std::vector<NdjsonValue>& NdjsonRowReader::values() const {
    return m_walk->values;
}

Text NdjsonRowReader::readFields(std::string_view row, const Visit& visit) {
    return m_walk->read(row, nullptr, &visit);
}

std::string simdjsonVersion() {
    return fmt::format("{}.{}.{}", static_cast<int>(simdjson::SIMDJSON_VERSION_MAJOR),
                       static_cast<int>(simdjson::SIMDJSON_VERSION_MINOR),
                       static_cast<int>(simdjson::SIMDJSON_VERSION_REVISION));
}

}  // namespace rw
