#include "core/tape/tape_text.h"

#include <mutex>
#include <set>
#include <string>

namespace rw {

namespace {

constexpr int kDeepest = 8;  // texts within texts

/// Text points at words that stay for ever: those of a tape are kept, each once.
const char* kept(std::string_view words) {
    static std::mutex mutex;
    static std::set<std::string, std::less<>> all;
    const std::lock_guard lock(mutex);
    const auto known = all.find(words);
    return (known != all.end() ? known : all.emplace(words).first)->c_str();
}

Result<Text> textOf(const StateReader& record, int depth) {
    if (depth > kDeepest) return brokenState("a text within texts");
    Text text;
    RW_TRY_ASSIGN(const std::string_view context, record.bytes("context"));
    RW_TRY_ASSIGN(const std::string_view key, record.bytes("key"));
    text.context = kept(context);
    text.key = kept(key);
    RW_TRY_ASSIGN(const std::vector<StateReader> args, record.records("arg"));
    for (const StateReader& arg : args) {
        if (arg.has("literal")) {
            RW_TRY_ASSIGN(const std::string_view literal, arg.bytes("literal"));
            text.args.emplace_back(std::string(literal));
            continue;
        }
        RW_TRY_ASSIGN(const Text inner, textOf(arg, depth + 1));
        text.args.emplace_back(inner);
    }
    return text;
}

void writeText(StateWriter& out, const Text& text) {
    out.bytes("context", text.context);
    out.bytes("key", text.key);
    for (const TextArg& arg : text.args) {
        out.record("arg", 1, [&arg](StateWriter& record) {
            if (arg.text()) {
                writeText(record, *arg.text());
            } else {
                record.bytes("literal", arg.literal());
            }
        });
    }
}

}  // namespace

void saveText(StateWriter& out, std::string_view name, const Text& text) {
    out.record(name, 1, [&text](StateWriter& record) { writeText(record, text); });
}

Result<Text> loadText(const StateReader& in, std::string_view name) {
    if (!in.has(name)) return Text();
    RW_TRY_ASSIGN(const StateReader record, in.record(name));
    return textOf(record, 0);
}

void saveStatus(StateWriter& out, std::string_view name, const Status& status) {
    if (status.ok()) return;
    const Error& error = status.error();
    out.record(name, 1, [&error](StateWriter& record) {
        record.u64("code", static_cast<std::uint64_t>(error.code));
        saveText(record, "message", error.message);
        saveText(record, "fix", error.fix);
        record.bytes("node", error.node);
        record.bytes("param", error.param);
    });
}

Status loadStatus(const StateReader& in, std::string_view name, Status& loaded) {
    loaded = {};
    if (!in.has(name)) return {};
    RW_TRY_ASSIGN(const StateReader record, in.record(name));
    Error error;
    RW_TRY_ASSIGN(const std::uint64_t code, record.u64("code"));
    if (code > static_cast<std::uint64_t>(ErrorCode::Locked)) return brokenState("the code of an error");
    error.code = static_cast<ErrorCode>(code);
    RW_TRY_ASSIGN(error.message, loadText(record, "message"));
    RW_TRY_ASSIGN(error.fix, loadText(record, "fix"));
    RW_TRY_ASSIGN(const std::string_view node, record.bytes("node"));
    RW_TRY_ASSIGN(const std::string_view param, record.bytes("param"));
    error.node = node;
    error.param = param;
    loaded = Status(std::move(error));
    return {};
}

}  // namespace rw
