#include "core/tape/tape_answers.h"

#include <cstring>

#include "core/data/state_reader.h"
#include "core/tape/tape_text.h"

namespace rw {

namespace {

std::uint32_t sizeAt(std::string_view sizes, std::size_t place) {
    std::uint32_t size = 0;
    std::memcpy(&size, sizes.data() + place * sizeof size, sizeof size);
    return size;
}

std::string_view bytesOf(const std::vector<RowName>& names) {
    return {reinterpret_cast<const char*>(names.data()), names.size() * sizeof(RowName)};
}

Result<std::vector<RowName>> namesIn(const StateReader& record, const char* field) {
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes(field));
    if (bytes.empty() || bytes.size() % sizeof(RowName) != 0) return brokenState("rows of an answer");
    std::vector<RowName> names(bytes.size() / sizeof(RowName));
    std::memcpy(names.data(), bytes.data(), bytes.size());
    return names;
}

/// Those of the first version were named by all columns that they had, and say nothing of them.
Status loadNaming(const StateReader& record, Answers& some) {
    if (record.version() > 2) return brokenState("version of an answer");
    if (record.version() < 2) return {};
    RW_TRY_ASSIGN(const std::string_view columns, record.bytes("columns"));
    for (const char column : columns) some.columns.push_back(column != 0);
    if (!record.has("questions")) return {};
    RW_TRY_ASSIGN(some.questions, namesIn(record, "questions"));
    return some.questions.size() == some.rows.size() ? Status() : brokenState("rows of an answer");
}

Result<Answers> answersIn(const StateReader& record) {
    Answers some;
    RW_TRY_ASSIGN(const std::uint64_t outcome, record.u64("outcome"));
    if (outcome > static_cast<std::uint64_t>(Answers::Outcome::Unanswered)) return brokenState("an answer");
    some.outcome = static_cast<Answers::Outcome>(outcome);
    RW_TRY_ASSIGN(some.rows, namesIn(record, "rows"));
    RW_TRY(loadNaming(record, some));
    if (some.outcome == Answers::Outcome::Failed) {
        RW_TRY(loadStatus(record, "failed", some.failed));
        if (some.failed.ok()) return brokenState("an answer");
    }
    if (some.outcome != Answers::Outcome::Answered) return some;
    RW_TRY_ASSIGN(const std::string_view sizes, record.bytes("sizes"));
    RW_TRY_ASSIGN(std::string_view bytes, record.bytes("answers"));
    if (sizes.size() != some.rows.size() * sizeof(std::uint32_t)) return brokenState("sizes of answers");
    for (std::size_t i = 0; i < some.rows.size(); ++i) {
        const std::size_t size = sizeAt(sizes, i);
        if (size > bytes.size()) return brokenState("sizes of answers");
        some.answers.emplace_back(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return some;
}

}  // namespace

void saveAnswers(StateWriter& out, const Answers& answers) {
    out.record("answers", 2, [&answers](StateWriter& record) {
        record.u64("outcome", static_cast<std::uint64_t>(answers.outcome));
        record.bytes("rows", bytesOf(answers.rows));
        record.bytes("columns", std::string(answers.columns.begin(), answers.columns.end()));
        if (!answers.questions.empty()) record.bytes("questions", bytesOf(answers.questions));
        if (answers.outcome == Answers::Outcome::Failed) saveStatus(record, "failed", answers.failed);
        if (answers.outcome != Answers::Outcome::Answered) return;
        std::string sizes, bytes;
        for (const std::string& answer : answers.answers) {
            const auto size = static_cast<std::uint32_t>(answer.size());
            sizes.append(reinterpret_cast<const char*>(&size), sizeof size);
            bytes += answer;
        }
        record.bytes("sizes", sizes);
        record.bytes("answers", bytes);
    });
}

Result<std::vector<Answers>> loadAnswers(std::string_view payload) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(payload));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, in.records("answers"));
    std::vector<Answers> all;
    for (const StateReader& record : records) {
        RW_TRY_ASSIGN(Answers some, answersIn(record));
        all.push_back(std::move(some));
    }
    return all;
}

}  // namespace rw
