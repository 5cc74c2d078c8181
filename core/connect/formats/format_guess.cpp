#include "core/connect/formats/format_guess.h"

#include <algorithm>
#include <array>

#include "core/connect/avro/writer_schemas.h"
#include "core/connect/csv/rows.h"
#include "core/connect/messages/lines.h"
#include "core/connect/ndjson/infer.h"
#include "core/data/text.h"

namespace rw {

namespace {

using Values = std::vector<std::string_view>;

Values someValues(const ReceivedMessages& messages) {
    constexpr std::size_t kMostLookedAt = 1'000;
    Values values;
    for (std::size_t i = 0; i < messages.size() && values.size() < kMostLookedAt; ++i) {
        const auto value = messages.value(i);
        if (value && !value->empty() && value->size() <= kLongestRow) values.push_back(*value);
    }
    return values;
}

bool nineOfTen(std::size_t some, std::size_t all) {
    return some > 0 && some * 10 >= all * 9;
}

/// The row that an event of Debezium is about; empty: the object is no such event.
std::string_view rowOfEvent(NdjsonRowReader& reader, std::string_view object) {
    std::string_view payload, before, after;
    bool op = false;
    const auto see = [&](std::string_view name, const NdjsonValue& value) {
        op = op || (name == "op" && value.kind == NdjsonValue::Kind::String);
        if (value.kind != NdjsonValue::Kind::Nested) return;
        if (name == "payload") payload = value.text;
        if (name == "before") before = value.text;
        if (name == "after") after = value.text;
    };
    if (!reader.readFields(object, see).empty()) return {};
    if (op) return after.empty() ? before : after;
    return payload.empty() || payload.size() == object.size() ? std::string_view()
                                                              : rowOfEvent(reader, payload);
}

std::optional<FormatGuess> guessJson(const Values& values) {
    const Schema none;
    JsonColumnsGuess fields(none), rows(none);
    NdjsonRowReader reader;
    std::size_t objects = 0, events = 0;
    for (const std::string_view value : values) {
        if (!fields.see(value).empty()) continue;
        ++objects;
        const std::string_view row = rowOfEvent(reader, value);
        if (!row.empty() && rows.see(row).empty()) ++events;
    }
    if (!nineOfTen(objects, values.size())) return std::nullopt;
    FormatGuess guess;
    const bool changes = nineOfTen(events, objects);
    guess.kind = changes ? FormatKind::Debezium : FormatKind::JsonObjects;
    guess.columns = changes ? rows.schema() : fields.schema();
    return guess;
}

/// The fields of all values, where all have as many; none where they don't, or have one.
std::vector<std::vector<CsvField>> fieldsOfAll(const Values& values, char delimiter) {
    CsvFormat format;
    format.delimiter = delimiter;
    std::vector<std::vector<CsvField>> all;
    for (const std::string_view value : values) {
        auto fields = splitRow(withoutLineEnd(value), format);
        if (!fields || fields->size() < 2 || (!all.empty() && fields->size() != all.front().size()))
            return {};
        all.push_back(*std::move(fields));
    }
    return all;
}

std::optional<FormatGuess> guessCsv(const Values& values) {
    constexpr std::array kDelimiters{',', ';', '\t', '|'};
    FormatGuess guess;
    guess.kind = FormatKind::Csv;
    std::vector<std::vector<CsvField>> best;
    for (const char delimiter : kDelimiters) {
        auto all = fieldsOfAll(values, delimiter);
        if (all.empty() || (!best.empty() && all.front().size() <= best.front().size())) continue;
        best = std::move(all);
        guess.delimiter = delimiter;
    }
    if (best.empty()) return std::nullopt;
    for (std::size_t column = 0; column < best.front().size(); ++column) {
        TypeGuess type;
        for (const std::vector<CsvField>& row : best) {
            const CsvField& field = row[column];
            if (field.text.empty() && !field.quoted) continue;  // NULL
            type.see([&field](Type each) {
                const bool code = each.isNumeric() && isDigitCode(field.text);
                return !code && parseValue(field.text, each).has_value();
            });
        }
        guess.columns.fields.push_back({"column_" + std::to_string(column + 1), type.type()});
    }
    return guess;
}

}  // namespace

std::optional<FormatGuess> guessFormat(const ReceivedMessages& messages) {
    const Values values = someValues(messages);
    if (values.empty()) return std::nullopt;
    if (auto json = guessJson(values)) return json;
    FormatGuess guess;
    const auto isRegistered = [](std::string_view value) { return schemaIdOf(value).has_value(); };
    if (std::all_of(values.begin(), values.end(), isRegistered)) {
        guess.kind = FormatKind::Avro;
        guess.registered = true;
        return guess;
    }
    const auto isText = [](std::string_view value) { return unsoundReason(value).empty(); };
    const bool text = std::all_of(values.begin(), values.end(), isText);
    if (text) {
        if (auto csv = guessCsv(values)) return csv;
    }
    guess.columns.fields.push_back({"message", Type::of(text ? TypeId::String : TypeId::Bytes)});
    return guess;
}

}  // namespace rw
