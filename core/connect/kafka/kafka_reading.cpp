#include "core/connect/kafka/kafka_reading.h"

#include <re2/re2.h>

#include <algorithm>

#include "core/base/ascii.h"

namespace rw {

bool isTopicName(std::string_view name) {
    constexpr std::size_t kLongest = 249;
    if (name.empty() || name.size() > kLongest || name == "." || name == "..") return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '.' || c == '-' || c == '_';
    });
}

Status readTopic(const std::string& text, KafkaReading& reading) {
    reading.isPattern = text.size() >= 2 && text.front() == '/' && text.back() == '/';
    reading.topic = reading.isPattern ? text.substr(1, text.size() - 2) : text;
    if (!reading.isPattern) {
        if (isTopicName(text)) return {};
        return {ErrorCode::Invalid, RW_TEXT("kafka", "“%1” can't be the name of a topic.").with(text),
                RW_TEXT("kafka", "Names have letters, digits, dots, hyphens and underscores.")};
    }
    const re2::RE2 pattern(reading.topic, re2::RE2::Quiet);
    if (pattern.ok()) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("kafka", "“%1” is no regular expression: %2").with(reading.topic, pattern.error()),
            RW_TEXT("kafka", "Write one between slashes that whole names match: /orders-.*/")};
}

}  // namespace rw
