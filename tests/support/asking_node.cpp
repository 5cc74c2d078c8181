#include "tests/support/asking_node.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/data/state_reader.h"
#include "core/nodes/source_params.h"
#include "core/stream/recording/answer_tape.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/waiting/async_operator.h"

namespace rw::test {

namespace {

struct AskingParams {
    std::int64_t delay = 0, failures = 0, silent = 0, patience = 0, silence = 0, lost = 0;
    std::string broken{};
    bool hangs = false, givesUp = false, unordered = false;
};

struct BoundAsking final : WaitingNode {
    AskingParams asking{};
    std::size_t column = 0;  ///< of the numbers
};

/// Which of these numbers are denied.
class Question final : public Request {
 public:
    /// `lost`: it is never answered.
    Question(std::vector<std::int64_t> numbers, AskingParams how, std::int64_t tries, bool lost,
             std::shared_ptr<Clock> clock)
        : Request(how.patience > 0 ? how.patience : kForEver),
          m_numbers(std::move(numbers)),
          m_how(std::move(how)),
          m_clock(std::move(clock)),
          m_chance(splitMix64(static_cast<std::uint64_t>(m_numbers.front()), 1)),
          m_at(m_clock->steadyMillis() + below(m_how.delay)),
          m_lost(lost),
          m_silent(tries < m_how.silent),
          m_fails(!m_silent && tries < m_how.silent + below(m_how.failures + 1)) {}

    Result<Step> step() override {
        AskedWorld& world = AskedWorld::instance();
        if (m_how.hangs) world.passBy();
        // Silence ends long behind the patience of the rows.
        const std::int64_t at = m_silent ? m_at + m_how.silence * m_how.patience : m_at;
        if (m_lost || m_clock->steadyMillis() < at) return Step::Later;
        if (m_how.broken == "throw") throw std::runtime_error("the world is broken");
        if (m_how.broken == "error")
            return Status(ErrorCode::Io, RW_TEXT("test", "The world is broken."), {});
        if (m_fails) {
            ++world.failed;
            return Status(ErrorCode::Io, RW_TEXT("test", "Try again."), {});
        }
        for (const std::int64_t number : m_numbers) denied.push_back((number + world.mood) % kDenied == 3);
        ++world.answered;
        return Step::Done;
    }
    std::vector<bool> denied{};
    bool isSilent() const { return m_silent; }

 private:
    std::int64_t below(std::int64_t n) const {
        return n > 0 ? static_cast<std::int64_t>(m_chance % static_cast<std::uint64_t>(n)) : 0;
    }
    const std::vector<std::int64_t> m_numbers;
    const AskingParams m_how;
    const std::shared_ptr<Clock> m_clock;
    const std::uint64_t m_chance;
    const std::int64_t m_at;
    const bool m_lost, m_silent, m_fails;
};

class Asking final : public AsyncOperator {
 public:
    Asking(const BoundAsking& bound, const MakeContext& context)
        : AsyncOperator(
              bound, context, read(bound, context),
              {.requests = 4, .rows = 2'000, .tape = answerTapeOf(context), .question = question(bound)}),
          m_how(bound.asking),
          m_column(static_cast<int>(bound.column)),
          m_clock(context.clock) {}

 private:
    static ColumnSet read(const BoundAsking& bound, const MakeContext& context) {
        ColumnSet read = context.wanted;
        read.resize(bound.outputs.front().schema->size());
        read[bound.column] = true;
        return read;
    }
    static ColumnSet question(const BoundAsking& bound) {
        ColumnSet question(bound.outputs.front().schema->size());
        question[bound.column] = true;
        return question;
    }
    std::int64_t numberOf(const Batch& rows, std::size_t row) const {
        const Column& column = rows.column(m_column);
        if (column.isNull(row)) return 0;
        return column.type().is(TypeId::Bigint) ? column.at<std::int64_t>(row) : column.at<std::int32_t>(row);
    }
    Result<RequestRef> ask(const Batch& rows, std::size_t from) override {
        std::vector<std::int64_t> numbers;
        for (std::size_t row = from; row < rows.rows; ++row) numbers.push_back(numberOf(rows, row));
        AskedWorld& world = AskedWorld::instance();
        const std::uint64_t asked = ++world.asked;
        world.most = std::max(world.most.load(), asked - world.answered - world.failed);
        const auto tries = m_tries.find(numbers.front());
        const bool lost = m_lost < m_how.lost;
        m_lost += lost ? 1 : 0;
        return RequestRef(std::make_shared<Question>(
            std::move(numbers), m_how, tries == m_tries.end() ? 0 : tries->second, lost, m_clock));
    }
    std::vector<std::string> answersOf(const Request& request, std::size_t first,
                                       std::size_t count) const override {
        std::vector<std::string> answers;
        for (std::size_t i = first; i < first + count; ++i)
            answers.emplace_back(static_cast<const Question&>(request).denied[i] ? "no" : "yes");
        return answers;
    }
    Result<RequestRef> recall(const Batch& rows, const std::vector<std::string>& answers) override {
        auto question = std::make_shared<Question>(std::vector<std::int64_t>{numberOf(rows, 0)}, m_how, 0,
                                                   false, m_clock);
        for (const std::string& answer : answers) {
            if (answer != "yes" && answer != "no") return brokenState("an answer");
            question->denied.push_back(answer == "no");
        }
        return RequestRef(std::move(question));
    }
    Result<Gone> goOn(const Batch& rows, std::size_t from, const RequestRef& request, Output& out) override {
        bool silent = !request->isAnswered();
        AskedWorld::instance().unanswered += silent ? 1 : 0;
        // Rows that were not let go at once can have a late answer. They are given up all the same.
        if (!silent && m_how.givesUp && request->status().ok())
            silent = static_cast<const Question&>(*request).isSilent();
        if (!silent && !request->status().ok() && !m_how.broken.empty()) return request->status();
        if (silent || !request->status().ok()) {
            if (m_how.givesUp) return rejectAll(rows, from, silent, out);
            ++m_tries[numberOf(rows, from)];
            return Gone{0, true};
        }
        m_tries.erase(numberOf(rows, from));
        const auto& denied = static_cast<const Question&>(*request).denied;
        std::vector<std::uint32_t> kept;
        for (std::size_t row = from; row < rows.rows; ++row) {
            if (denied[row - from]) {
                RW_TRY(out.reject(rows, row, RW_TEXT("test", "Denied.")));
            } else {
                kept.push_back(static_cast<std::uint32_t>(row));
            }
        }
        if (!kept.empty()) out.emit(0, rows.select(kept));
        return Gone{rows.rows - from, false};
    }

    static Result<Gone> rejectAll(const Batch& rows, std::size_t from, bool silent, Output& out) {
        for (std::size_t row = from; row < rows.rows; ++row)
            RW_TRY(
                out.reject(rows, row, silent ? RW_TEXT("test", "Silence.") : RW_TEXT("test", "It failed.")));
        return Gone{rows.rows - from, false};
    }

    const AskingParams m_how;
    const int m_column;
    const std::shared_ptr<Clock> m_clock;
    std::map<std::int64_t, std::int64_t> m_tries{};  ///< by the first number of the rows
    std::int64_t m_lost = 0;                         ///< requests that are never answered
};

BoundNodeRef bindAsking(BindContext& context) {
    auto bound = std::make_shared<BoundAsking>();
    const auto& fields = context.input().schema->fields;
    while (bound->column < fields.size() && !fields[bound->column].type.is(TypeId::Bigint) &&
           !fields[bound->column].type.is(TypeId::Int))
        ++bound->column;
    if (bound->column == fields.size() || context.input().updating) {
        context.error("", RW_TEXT("test", "There is no column of whole numbers, or rows are changed."), {});
        return nullptr;
    }
    bound->asking = {context.integer("delay"),    context.integer("failures"), context.integer("silent"),
                     context.integer("patience"), context.integer("silence"),  context.integer("lost"),
                     context.text("broken"),      context.flag("hangs"),       context.flag("gives_up"),
                     context.flag("unordered")};
    bound->letOut({context.input(), rejectedStream()},
                  bound->asking.unordered ? WaitingNode::Order::AsAnswered : WaitingNode::Order::AsTheyCame);
    bound->state = RW_TEXT("test", "rows that wait");
    return bound;
}

Result<Made> makeAsking(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<Asking>(static_cast<const BoundAsking&>(bound), context));
}

}  // namespace

AskedWorld& AskedWorld::instance() {
    static AskedWorld world;
    return world;
}

void AskedWorld::clear() {
    letGo();
    asked = answered = failed = unanswered = most = 0;
    mood = 0;
}

void AskedWorld::hang() {
    const std::lock_guard lock(m_mutex);
    m_hangs = true;
}

void AskedWorld::letGo() {
    const std::lock_guard lock(m_mutex);
    m_hangs = false;
    m_changed.notify_all();
}

void AskedWorld::passBy() {
    ++hanging;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_hangs; });
    }
    --hanging;
}

NodeKind askingKind() {
    NodeKind kind;
    kind.type = "asks_outside";
    kind.name = RW_TEXT("test", "Asks outside");
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    const auto param = [&kind](const char* name, ParamKind sort, Json preset) {
        kind.params.push_back(makeParam(name, sort, RW_TEXT("test", "Parameter"),
                                        RW_TEXT("test", "A parameter."), std::move(preset)));
    };
    for (const char* const name : {"delay", "failures", "silent", "patience", "lost"})
        param(name, ParamKind::Integer, 0);
    param("silence", ParamKind::Integer, 100);
    param("broken", ParamKind::String, "");
    for (const char* const name : {"hangs", "gives_up", "unordered"}) param(name, ParamKind::Boolean, false);
    kind.params.push_back(onErrorParam());
    kind.bind = bindAsking;
    kind.make = makeAsking;
    return kind;
}

Catalogue withAskingNode(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    all.push_back(askingKind());
    return Catalogue(std::move(all));
}

}  // namespace rw::test
