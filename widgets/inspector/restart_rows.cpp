#include "widgets/inspector/restart_rows.h"

#include <QVBoxLayout>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include "core/base/time.h"
#include "core/pipeline/restart_strategy.h"
#include "widgets/inspector/param_row.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

using RestartPart = RestartRows::Part;

ParamSpec restartKindSpec() {
    ParamSpec spec =
        makeParam(kRestartKey, ParamKind::Choice, RW_TEXT("settings", "Restart"),
                  RW_TEXT("settings",
                          "What a run does when a source or a sink fails for a reason that may pass. "
                          "Default: exponential delay in runs that take checkpoints, none in others."),
                  "");
    spec.choices = {{"", RW_TEXT("settings", "Default")},
                    {"none", RW_TEXT("settings", "None")},
                    {"fixed", RW_TEXT("settings", "Fixed delay")},
                    {"exponential", RW_TEXT("settings", "Exponential delay")}};
    return spec;
}

const ParamSpec& restartSpec(std::size_t part) {
    constexpr RestartStrategy kDefaults;
    static const std::array<ParamSpec, RestartRows::kParts> kSpecs{
        restartKindSpec(),
        makeParam("restart_first", ParamKind::Duration, RW_TEXT("settings", "Pause"),
                  RW_TEXT("settings",
                          "How long the run waits before a try; with exponential delay, before the first."),
                  formatDuration(kDefaults.first)),
        makeParam("restart_longest", ParamKind::Duration, RW_TEXT("settings", "Longest pause"),
                  RW_TEXT("settings", "Each pause is twice as long as the one before, up to this."),
                  formatDuration(kDefaults.longest)),
        makeParam("restart_tries", ParamKind::Integer, RW_TEXT("settings", "Tries"),
                  RW_TEXT("settings", "After so many tries the run fails. Write unlimited for no end."),
                  kDefaults.tries),
        makeParam("restart_calm", ParamKind::Duration, RW_TEXT("settings", "Reset after"),
                  RW_TEXT("settings", "After so long without a failure tries and pauses begin anew."),
                  formatDuration(kDefaults.calm))};
    return kSpecs[part];
}

/// In the order of the words.
std::vector<RestartPart> partsOfRestart(std::string_view kind) {
    if (kind == "fixed") return {RestartPart::Kind, RestartPart::First, RestartPart::Tries};
    if (kind == "exponential")
        return {RestartPart::Kind, RestartPart::First, RestartPart::Longest, RestartPart::Tries,
                RestartPart::Calm};
    return {RestartPart::Kind};
}

std::vector<std::string> wordsOfRestart(const Json& value) {
    std::vector<std::string> words;
    if (!value.is_string()) return words;
    const std::string text = value.get<std::string>();
    std::string_view left = text;
    for (;;) {
        const std::size_t colon = left.find(':');
        words.emplace_back(left.substr(0, colon));
        if (colon == std::string_view::npos) return words;
        left.remove_prefix(colon + 1);
    }
}

/// The first `count` of them.
std::string joined(const std::vector<std::string>& words, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ":" : "") + words[i];
    return text;
}

/// The value of a part that is left away at the end, for one that others follow.
std::string defaultWord(RestartPart part, const std::string& first) {
    const Json& value = restartSpec(part).defaultValue;
    if (part == RestartPart::Longest) {
        const Result<Millis> given = parseDuration(first);
        if (given.ok() && *given > RestartStrategy().longest) return first;
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Json shownWord(RestartPart part, const std::string& word) {
    if (word.empty()) return nullptr;
    if (part != RestartPart::Tries) return word;
    std::int64_t number = 0;
    const char* const end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? Json(number) : Json(word);
}

}  // namespace

const ParamSpec& RestartRows::kindSpec() {
    return restartSpec(Kind);
}

RestartRows::RestartRows(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    for (std::size_t i = 0; i < kParts; ++i) {
        m_rows[i] = new ParamRow(restartSpec(i));
        column->addWidget(m_rows[i]);
        connect(&m_rows[i]->field(), &ParamField::edited, this,
                [this, part = static_cast<Part>(i)](const Json& value) { edit(part, value); });
    }
    setValue(nullptr);
}

RestartRows::~RestartRows() {
    for (const ParamRow* row : m_rows) disconnect(&row->field(), nullptr, this, nullptr);
}

void RestartRows::setValue(const Json& value) {
    // A part that was left empty is shown so, though the words name its default.
    if (value != m_value) m_words = wordsOfRestart(value);
    m_value = value;
    const std::vector<Part> parts = partsOfRestart(word(Kind));
    const bool readable = value.is_null() || value.is_string();
    m_rows[Kind]->field().setValue(readable && !m_words.empty() ? Json(m_words.front()) : value);
    for (const Part part : {First, Longest, Tries, Calm}) {
        m_rows[part]->setVisible(std::find(parts.begin(), parts.end(), part) != parts.end());
        m_rows[part]->field().setValue(shownWord(part, word(part)));
    }
}

void RestartRows::setIssues(const std::vector<Issue>& issues) {
    const std::optional<Part> wrong = wrongPart();
    for (std::size_t i = 0; i < kParts; ++i)
        m_rows[i]->setIssues(wrong == static_cast<Part>(i) ? issues : std::vector<Issue>());
}

void RestartRows::setLabelWidth(int width) {
    for (ParamRow* row : m_rows) row->setLabelWidth(width);
}

/// Empty: left to its default, or this kind has no such part.
std::string RestartRows::word(Part part) const {
    if (m_words.empty()) return {};
    const std::vector<Part> parts = partsOfRestart(m_words.front());
    for (std::size_t i = 0; i < std::min(parts.size(), m_words.size()); ++i) {
        if (parts[i] == part) return m_words[i];
    }
    return {};
}

void RestartRows::edit(Part part, const Json& value) {
    std::string given;
    if (!value.is_null()) given = value.is_string() ? value.get<std::string>() : value.dump();
    const std::string kind = part == Kind ? given : word(Kind);
    std::vector<std::string> words;
    for (const Part each : partsOfRestart(kind)) words.push_back(each == part ? given : word(each));
    tell(std::move(words));
}

void RestartRows::tell(std::vector<std::string> words) {
    m_words = words;
    while (words.size() > 1 && words.back().empty()) words.pop_back();
    const std::vector<Part> parts = partsOfRestart(words.front());
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i].empty()) words[i] = defaultWord(parts[i], words[1]);
    }
    if (words.front().empty()) m_words.clear();
    m_value = m_words.empty() ? Json() : Json(joined(words, words.size()));
    Q_EMIT edited(Json(m_value));  // the receiver sets m_value again
}

/// The words are wrong from there on: without it, and what is behind, they can be read.
std::optional<RestartRows::Part> RestartRows::wrongPart() const {
    const std::vector<std::string> words = wordsOfRestart(m_value);
    if (words.empty()) return Kind;
    const std::vector<Part> parts = partsOfRestart(words.front());
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!parseRestart(joined(words, i + 1)).ok()) return i < parts.size() ? parts[i] : Kind;
    }
    return std::nullopt;
}

}  // namespace rw::ui
