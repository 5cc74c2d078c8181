#include "core/stream/alerts/alert_letters.h"

#include <optional>

namespace rw {

namespace {

/// A value of an enumeration whose last one is `last`.
template <class Enum>
Result<Enum> enumIn(const StateReader& record, const char* field, Enum last) {
    RW_TRY_ASSIGN(const std::uint64_t value, record.u64(field));
    if (value > static_cast<std::uint64_t>(last)) return brokenState(field);
    return static_cast<Enum>(value);
}

Status readNumber(const StateReader& record, const char* field, std::optional<double>& out) {
    if (!record.has(field)) return {};
    RW_TRY_ASSIGN(out, record.f64(field));
    return {};
}

}  // namespace

void writeLetter(const AlertLetter& letter, StateWriter& out) {
    const Alert& alert = letter.alert;
    out.u64("kind", static_cast<std::uint64_t>(alert.kind));
    out.u64("stage", static_cast<std::uint64_t>(alert.stage));
    out.i64("start", alert.start);
    out.i64("raised", alert.raised);
    out.i64("ended", alert.ended);
    if (alert.value) out.f64("value", *alert.value);
    if (alert.peak) out.f64("peak", *alert.peak);
    out.bytes("message", alert.message);
    if (alert.provisional) out.u64("provisional", 1);
    for (const AlertKeyPart& part : alert.key) {
        out.record("key", kLetterVersion, [&part](StateWriter& record) {
            record.bytes("column", part.column);
            record.bytes("value", part.value);
        });
    }
    out.u64("about", static_cast<std::uint64_t>(letter.about));
    out.u64("target", static_cast<std::uint64_t>(letter.target.kind));
    out.bytes("connection", letter.target.connection);
}

Result<AlertLetter> readLetter(const StateReader& record, const AlertRule& rule) {
    if (record.version() != kLetterVersion) return brokenState("version of a letter");
    AlertLetter letter;
    letter.rule = rule;
    Alert& alert = letter.alert;
    alert.node = rule.node;
    RW_TRY_ASSIGN(alert.kind, enumIn(record, "kind", AlertKind::Test));
    RW_TRY_ASSIGN(alert.stage, enumIn(record, "stage", AlertStage::Spared));
    RW_TRY_ASSIGN(alert.start, record.i64("start"));
    RW_TRY_ASSIGN(alert.raised, record.i64("raised"));
    RW_TRY_ASSIGN(alert.ended, record.i64("ended"));
    RW_TRY(readNumber(record, "value", alert.value));
    RW_TRY(readNumber(record, "peak", alert.peak));
    RW_TRY_ASSIGN(const std::string_view message, record.bytes("message"));
    alert.message = message;
    alert.provisional = record.has("provisional");
    RW_TRY_ASSIGN(const std::vector<StateReader> parts, record.records("key"));
    for (const StateReader& part : parts) {
        RW_TRY_ASSIGN(const std::string_view column, part.bytes("column"));
        RW_TRY_ASSIGN(const std::string_view value, part.bytes("value"));
        alert.key.push_back({std::string(column), std::string(value)});
    }
    RW_TRY_ASSIGN(letter.about, enumIn(record, "about", AlertDelivery::About::Ended));
    RW_TRY_ASSIGN(letter.target.kind, enumIn(record, "target", AlertTarget::Kind::Mail));
    RW_TRY_ASSIGN(const std::string_view connection, record.bytes("connection"));
    letter.target.connection = connection;
    return letter;
}

}  // namespace rw
