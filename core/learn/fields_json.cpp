#include "core/learn/fields_json.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/pipeline/json/json_pull.h"
#include "core/pipeline/pipeline.h"

namespace rw::learn {

void appendNumber(std::string& out, double value) {
    // Without a fraction, a reader may take it for a whole number, which has no negative zero.
    if (value == 0 && std::signbit(value)) {
        out += "-0.0";
    } else {
        fmt::format_to(std::back_inserter(out), "{}", value);
    }
}

void appendJsonText(std::string& out, std::string_view text) {
    out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void FieldsToJson::begin(std::string_view name) {
    if (!m_first) m_out += ", ";
    m_first = false;
    appendJsonText(m_out, name);
    m_out += ": ";
}

void FieldsToJson::number(std::string_view name, double& value) {
    begin(name);
    appendNumber(m_out, value);
}

void FieldsToJson::count(std::string_view name, std::uint64_t& value) {
    begin(name);
    fmt::format_to(std::back_inserter(m_out), "{}", value);
}

void FieldsToJson::numbers(std::string_view name, std::vector<double>& values) {
    begin(name);
    m_out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) m_out += ", ";
        appendNumber(m_out, values[i]);
    }
    m_out += ']';
}

void FieldsToJson::texts(std::string_view name, std::vector<std::string>& values, std::size_t) {
    begin(name);
    m_out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) m_out += ", ";
        appendJsonText(m_out, values[i]);
    }
    m_out += ']';
}

Result<JsonMembers> membersOf(std::string_view object) {
    JsonMembers members;
    JsonPull json(object);
    std::string name;
    for (json.beginObject(); json.nextKey(name);) {
        if (!members.emplace(name, json.value()).second)
            json.fail(RW_TEXT("learning", "“%1” stands here twice.").with(name));
    }
    json.end();
    if (json.failed()) return json.status();
    return members;
}

Result<std::uint64_t> wholeNumber(std::string_view name, std::string_view text) {
    std::uint64_t read = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (wrong == std::errc() && end == text.data() + text.size()) return read;
    return Status(ErrorCode::Invalid,
                  RW_TEXT("learning", "The field “%1” is no whole number from 0.").with(name));
}

FieldsFromJson::FieldsFromJson(std::string_view object) {
    Result<JsonMembers> members = membersOf(object);
    if (members.ok()) {
        m_members = std::move(*members);
    } else {
        m_status = members.status();
    }
}

void FieldsFromJson::fail(Text message) {
    if (m_status.ok()) m_status = Status(ErrorCode::Invalid, std::move(message));
}

void FieldsFromJson::broken(std::string_view what) {
    fail(RW_TEXT("learning", "What was learnt contradicts itself: %1.").with(what));
}

std::string_view FieldsFromJson::textOf(std::string_view name) {
    if (!m_status.ok()) return {};
    const auto found = m_members.find(name);
    if (found != m_members.end()) return found->second;
    fail(RW_TEXT("learning", "The field “%1” is missing.").with(name));
    return {};
}

void FieldsFromJson::number(std::string_view name, double& value) {
    const std::string_view text = textOf(name);
    if (!m_status.ok()) return;
    JsonPull json(text);
    const double read = json.number();
    json.end();
    if (json.failed()) return fail(RW_TEXT("learning", "The field “%1” is no finite number.").with(name));
    value = read;
}

void FieldsFromJson::count(std::string_view name, std::uint64_t& value) {
    const std::string_view text = textOf(name);
    if (!m_status.ok()) return;
    const Result<std::uint64_t> read = wholeNumber(name, text);
    if (read.ok()) {
        value = *read;
    } else {
        m_status = read.status();
    }
}

void FieldsFromJson::numbers(std::string_view name, std::vector<double>& values) {
    std::vector<double> read;
    list(name, read, values.size());
    if (!m_status.ok()) return;
    if (read.size() != values.size())
        return fail(RW_TEXT("learning", "The field “%1” has %2 numbers; the model of this node has %3.")
                        .with(name, read.size(), values.size()));
    values = std::move(read);
}

void FieldsFromJson::list(std::string_view name, std::vector<double>& values, std::size_t most) {
    const std::string_view text = textOf(name);
    if (!m_status.ok()) return;
    std::vector<double> read;
    JsonPull json(text);
    for (json.beginArray(); json.nextItem() && read.size() <= most;) read.push_back(json.number());
    if (json.failed())
        return fail(RW_TEXT("learning", "The field “%1” is no list of finite numbers.").with(name));
    if (read.size() > most)
        return fail(RW_TEXT("learning", "The field “%1” has more than %2 numbers.").with(name, most));
    values = std::move(read);
}

void FieldsFromJson::texts(std::string_view name, std::vector<std::string>& values, std::size_t most) {
    const std::string_view text = textOf(name);
    if (!m_status.ok()) return;
    std::vector<std::string> read;
    JsonPull json(text);
    for (json.beginArray(); json.nextItem() && read.size() <= most;) read.push_back(json.text());
    if (json.failed()) return fail(RW_TEXT("learning", "The field “%1” is no list of texts.").with(name));
    if (read.size() > most)
        return fail(RW_TEXT("learning", "The field “%1” has more than %2 texts.").with(name, most));
    values = std::move(read);
}

}  // namespace rw::learn
