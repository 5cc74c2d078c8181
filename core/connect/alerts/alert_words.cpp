#include "core/connect/alerts/alert_words.h"

#include <cmath>

#include "core/base/readable.h"
#include "core/data/text.h"

namespace rw {

namespace {

bool isKnown(Instant instant) {
    return instant != kMinTimestamp && instant != kMaxTimestamp;
}

std::string timeText(Instant instant) {
    std::string text;
    appendTimestamp(text, instant);
    return text + " UTC";
}

/// “2026-11-26T14:30:00.000Z”; null: not yet.
Json isoTime(Instant instant) {
    if (!isKnown(instant)) return nullptr;
    std::string text;
    appendTimestamp(text, instant);
    if (const std::size_t blank = text.find(' '); blank != std::string::npos) text[blank] = 'T';
    return text + "Z";
}

std::string numberText(double number) {
    std::string text;
    appendDouble(text, number);
    return text;
}

/// JSON has no infinities.
Json numberJson(const std::optional<double>& number) {
    return number && std::isfinite(*number) ? Json(*number) : Json();
}

const char* stateWord(const AlertLetter& letter) {
    const bool over = letter.about == AlertDelivery::About::Ended;
    switch (letter.alert.kind) {
        case AlertKind::NoData:
            return over ? "data_again" : "no_data";
        case AlertKind::Test:
            return "test";
        case AlertKind::Condition:
            break;
    }
    return over ? "cleared" : "alert";
}

}  // namespace

std::string alertKeyText(const std::vector<AlertKeyPart>& key) {
    std::string text;
    for (const AlertKeyPart& part : key) {
        if (!text.empty()) text += " · ";
        text += part.column + " " + part.value;
    }
    return text;
}

Text alertTitle(const AlertLetter& letter) {
    const std::string key = alertKeyText(letter.alert.key);
    const std::string& rule = letter.rule.title;
    const Text what =
        key.empty() ? RW_TEXT("alert", "%1").with(rule) : RW_TEXT("alert", "%1, %2").with(rule, key);
    const bool over = letter.about == AlertDelivery::About::Ended;
    switch (letter.alert.kind) {
        case AlertKind::NoData:
            return over ? RW_TEXT("alert", "Data again: %1").with(what)
                        : RW_TEXT("alert", "No data: %1").with(what);
        case AlertKind::Test:
            return RW_TEXT("alert", "Test: %1").with(what);
        case AlertKind::Condition:
            break;
    }
    if (over) return RW_TEXT("alert", "Cleared: %1").with(what);
    return letter.alert.provisional ? RW_TEXT("alert", "Provisional alert: %1").with(what)
                                    : RW_TEXT("alert", "Alert: %1").with(what);
}

std::vector<Text> alertLines(const AlertLetter& letter, const std::string& pipeline) {
    const Alert& alert = letter.alert;
    std::vector<Text> lines;
    if (!alert.message.empty()) lines.push_back(RW_TEXT("alert", "%1").with(alert.message));
    if (alert.kind == AlertKind::Test)
        lines.push_back(RW_TEXT("alert", "This is a test: somebody wants to see whether alerts arrive."));
    if (alert.kind == AlertKind::NoData) {
        lines.push_back(isKnown(alert.start)
                            ? RW_TEXT("alert", "The last row is of %1.").with(timeText(alert.start))
                            : RW_TEXT("alert", "No row has come yet."));
    }
    if (alert.kind == AlertKind::Condition) {
        lines.push_back(RW_TEXT("alert", "Condition: %1").with(letter.rule.condition));
        if (isKnown(alert.start)) lines.push_back(RW_TEXT("alert", "Since: %1").with(timeText(alert.start)));
    }
    if (alert.provisional) {
        lines.push_back(letter.about == AlertDelivery::About::Ended
                            ? RW_TEXT("alert", "A provisional value raised it, and the final value did not.")
                            : RW_TEXT("alert",
                                      "Provisional: the window is still open, and its final value "
                                      "confirms the alert or clears it."));
    }
    if (letter.about == AlertDelivery::About::Ended && isKnown(alert.ended))
        lines.push_back(RW_TEXT("alert", "Over: %1").with(timeText(alert.ended)));
    if (alert.value) lines.push_back(RW_TEXT("alert", "Value: %1").with(numberText(*alert.value)));
    if (alert.peak) lines.push_back(RW_TEXT("alert", "Peak: %1").with(numberText(*alert.peak)));
    if (!pipeline.empty()) lines.push_back(RW_TEXT("alert", "Pipeline: %1").with(pipeline));
    return lines;
}

Json alertJson(const AlertLetter& letter, const std::string& pipeline, const AlertSpeaker& say) {
    const Alert& alert = letter.alert;
    std::string text = say(alertTitle(letter));
    if (!alert.message.empty()) text += "\n" + alert.message;
    Json key = Json::object();
    for (const AlertKeyPart& part : alert.key) key[part.column] = part.value;
    return {{"text", std::move(text)},
            {"state", stateWord(letter)},
            {"rule", letter.rule.title},
            {"node", letter.rule.node},
            {"pipeline", pipeline},
            {"key", std::move(key)},
            {"message", alert.message},
            {"condition", letter.rule.condition},
            {"start", isoTime(alert.start)},
            {"raised", isoTime(alert.raised)},
            {"ended", letter.about == AlertDelivery::About::Ended ? isoTime(alert.ended) : Json()},
            {"value", numberJson(alert.value)},
            {"peak", numberJson(alert.peak)},
            {"provisional", alert.provisional},
            {"id", alert.id()}};
}

}  // namespace rw
