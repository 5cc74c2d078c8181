#include "core/stream/lookups/keyed_lookup.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "core/data/state_reader.h"
#include "core/data/visit_type.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

constexpr Millis kPatience = 30'000;  // with a server that is away, before the run fails
constexpr Millis kPause = 250;

KeyedLookup::Options keyedOptions(const JoinPlan& plan, const AnswerTape& tape) {
    KeyedLookup::Options options;
    options.requests = KeyedLookup::kQuestions;
    options.tape = tape;
    options.question.assign(plan.left.schema->size(), false);
    for (const int key : plan.leftKeys) options.question[static_cast<std::size_t>(key)] = true;
    return options;
}

Batch rowsAt(const LookupTable& table, const SchemaRef& schema, const std::vector<RowSlot>& slots) {
    Batch rows;
    rows.schema = schema;
    rows.rows = slots.size();
    if (slots.empty()) return rows;
    rows.columns = table.rows().gather(slots);
    return rows;
}

/// Finds the rows of the keys of a batch.
class KeyFinder {
 public:
    KeyFinder(const LookupTable& table, const Batch& rows, const std::vector<int>& keys) : m_table(table) {
        for (const int key : keys) m_columns.push_back(&rows.column(key));
        hashKeys(rows, keys, m_hashes);
    }
    const std::vector<RowSlot>& at(std::size_t row) {
        m_table.find(m_hashes[row], m_columns, row, m_found);
        return m_found;
    }

 private:
    const LookupTable& m_table;
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
    std::vector<RowSlot> m_found{};
};

}  // namespace

// ── What is known ──

const Batch* LookupCache::find(const std::string& key, std::int64_t now) {
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end()) return nullptr;
    if (entry->second.until <= now) {
        drop(entry);
        return nullptr;
    }
    m_uses.splice(m_uses.begin(), m_uses, entry->second.use);
    return &entry->second.rows;
}

void LookupCache::put(const std::string& key, Batch rows, std::int64_t now) {
    if (m_ttl <= 0 || m_most == 0) return;
    if (const auto old = m_entries.find(key); old != m_entries.end()) drop(old);
    Entry entry;
    entry.bytes = rows.memoryBytes() + 2 * key.size() + sizeof(Entry);
    entry.rows = std::move(rows);
    entry.until = saturatingAdd(now, m_ttl);
    m_uses.push_front(key);
    entry.use = m_uses.begin();
    m_size += sizeOf(entry);
    m_bytes += entry.bytes;
    m_entries.emplace(key, std::move(entry));
    while (m_size > m_most && m_entries.size() > 1) drop(m_entries.find(m_uses.back()));
}

void LookupCache::drop(Entries::iterator entry) {
    m_size -= sizeOf(entry->second);
    m_bytes -= entry->second.bytes;
    m_uses.erase(entry->second.use);
    m_entries.erase(entry);
}

// ── A question ──

/// Asks for the rows of keys, some at a time; what was known goes with it.
class KeyedLookup::Question final : public Request {
 public:
    Question(std::shared_ptr<LookupByKey> outside, std::shared_ptr<Clock> clock)
        : m_outside(std::move(outside)), m_clock(std::move(clock)) {}

    Result<Step> step() override {
        if (m_asked == keys.rows) return Step::Done;
        if (m_clock->steadyMillis() < m_tryAt) return Step::Later;
        const std::size_t count = std::min(LookupByKey::kMostKeys, keys.rows - m_asked);
        Result<Batch> found = m_outside->find(keys.slice(m_asked, count));
        if (!found.ok()) return again(found.status());
        m_awaySince = -1;
        m_asked += count;
        if (found->rows > 0) table->add(*found);
        return m_asked == keys.rows ? Step::Done : Step::Again;
    }

    Batch rows{};      ///< that it is asked for
    Batch keys{};      ///< that are not known
    Batch askedFor{};  ///< the rows that they are from
    std::shared_ptr<LookupTable> table{};
    bool isKept = false;

 private:
    Result<Step> again(const Status& why) {
        if (why.error().code != ErrorCode::Io) return why;
        const std::int64_t now = m_clock->steadyMillis();
        if (m_awaySince < 0) m_awaySince = now;
        if (now - m_awaySince >= kPatience) return why;
        m_tryAt = now + kPause;
        return Step::Later;
    }

    const std::shared_ptr<LookupByKey> m_outside;
    const std::shared_ptr<Clock> m_clock;
    std::size_t m_asked = 0;                     ///< keys
    std::int64_t m_awaySince = -1, m_tryAt = 0;  ///< steady milliseconds
};

// ── The operator ──

KeyedLookup::KeyedLookup(const WaitingNode& node, const JoinPlan& plan, const MakeContext& context,
                         ColumnSet read, About about)
    : AsyncOperator(node, context, std::move(read), keyedOptions(plan, about.tape)),
      m_plan(plan),
      m_now(context.clock),
      m_table(std::move(about.table)),
      m_records(about.tape.recorder != nullptr),
      m_cache(about.cache, about.ttl),
      m_pairs(plan, context) {}

KeyedLookup::~KeyedLookup() {
    if (m_table) m_table->leave();
}

std::optional<std::string> KeyedLookup::keyOf(const Batch& rows, std::size_t row) const {
    std::string key;
    for (const int place : m_plan.leftKeys) {
        const Column& column = rows.column(place);
        if (column.isNull(row)) return std::nullopt;
        if (isReference(column.type().id)) {
            const std::string_view text = column.string(row);
            key += std::to_string(text.size()) + ':';
            key += text;
        } else {
            const std::size_t width = widthOf(column.type().id);
            key.append(reinterpret_cast<const char*>(column.raw()) + row * width, width);
        }
    }
    return key;
}

KeyedLookup::KeyColumns KeyedLookup::keyColumns(const Batch& rows) const {
    KeyColumns columns;
    for (const int key : m_plan.leftKeys) columns.push_back(&rows.column(key));
    return columns;
}

std::shared_ptr<LookupTable> KeyedLookup::known(const Batch& rows, std::vector<std::uint32_t>& missing) {
    auto table = std::make_shared<LookupTable>(m_plan.right.schema, m_plan.rightKeys);
    std::unordered_set<std::string> seen;
    const std::int64_t now = m_now->steadyMillis();
    for (std::uint32_t row = 0; row < rows.rows; ++row) {
        std::optional<std::string> key = keyOf(rows, row);
        if (!key) continue;
        const auto [place, isNew] = seen.insert(*std::move(key));
        if (!isNew) continue;
        const Batch* const found = m_cache.find(*place, now);
        if (found == nullptr) {
            missing.push_back(row);
        } else if (found->rows > 0) {
            table->add(*found);
        }
    }
    return table;
}

Result<RequestRef> KeyedLookup::ask(const Batch& rows, std::size_t from) {
    const Batch asked = rows.slice(from, rows.rows - from);
    std::vector<std::uint32_t> missing;
    std::shared_ptr<LookupTable> table = known(asked, missing);
    if (missing.empty() && !m_records) {
        m_ready[keyColumns(rows)] = std::move(table);
        return RequestRef();
    }
    auto question = std::make_shared<Question>(m_table, m_now);
    question->askedFor = asked.select(missing);
    question->keys.rows = missing.size();
    for (const int key : m_plan.leftKeys)
        question->keys.columns.push_back(question->askedFor.columns[static_cast<std::size_t>(key)]);
    question->table = std::move(table);
    question->rows = asked;
    return RequestRef(std::move(question));
}

Result<AsyncOperator::Gone> KeyedLookup::goOn(const Batch& rows, std::size_t from, const RequestRef& request,
                                              Output& out) {
    if (!m_pairs.isBusy()) {
        LookupTableRef table;
        if (request) {
            RW_TRY(request->status());
            auto& question = static_cast<Question&>(*request);
            if (!std::exchange(question.isKept, true)) keep(question);
            table = question.table;
        } else if (const auto ready = m_ready.find(keyColumns(rows)); ready != m_ready.end()) {
            table = std::move(ready->second);
            m_ready.erase(ready);
        } else {
            return Gone{0, true};
        }
        m_pairs.begin(rows.slice(from, rows.rows - from), std::move(table));
    }
    const std::size_t taken = m_pairs.rows();
    RW_TRY(m_pairs.step(out));
    if (m_pairs.isBusy()) return Gone{};
    return Gone{taken, false};
}

void KeyedLookup::keep(const Question& question) {
    if (question.askedFor.rows == 0) return;
    KeyFinder finder(*question.table, question.askedFor, m_plan.leftKeys);
    const std::int64_t now = m_now->steadyMillis();
    for (std::size_t row = 0; row < question.askedFor.rows; ++row) {
        Batch found = rowsAt(*question.table, m_plan.right.schema, finder.at(row));
        if (const auto key = keyOf(question.askedFor, row)) m_cache.put(*key, found.compacted(), now);
    }
}

// ── The tape: of each row the rows that it met, empty where there are none ──

std::vector<std::string> KeyedLookup::answersOf(const Request& request, std::size_t first,
                                                std::size_t count) const {
    const auto& question = static_cast<const Question&>(request);
    KeyFinder finder(*question.table, question.rows, m_plan.leftKeys);
    std::vector<std::string> answers;
    for (std::size_t row = first; row < first + count; ++row) {
        std::string& answer = answers.emplace_back();
        const Batch found = rowsAt(*question.table, m_plan.right.schema, finder.at(row));
        if (found.rows == 0) continue;
        StateWriter writer;
        writer.batch("rows", found);
        answer = writer.finish();
    }
    return answers;
}

Result<RequestRef> KeyedLookup::recall(const Batch& rows, const std::vector<std::string>& answers) {
    auto question = std::make_shared<Question>(nullptr, m_now);
    question->table = std::make_shared<LookupTable>(m_plan.right.schema, m_plan.rightKeys);
    question->rows = rows;
    question->isKept = true;
    std::unordered_set<std::string> seen;
    for (std::size_t row = 0; row < answers.size() && row < rows.rows; ++row) {
        const std::optional<std::string> key = keyOf(rows, row);
        if (answers[row].empty() || !key || !seen.insert(*key).second) continue;
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(answers[row]));
        RW_TRY_ASSIGN(const Batch found, reader.batch("rows"));
        if (found.schema == nullptr || !(*found.schema == *m_plan.right.schema)) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("lookup_join", "The tape has a table of other columns for this node."),
                          RW_TEXT("lookup_join", "Give the node the columns that it had, or record anew."));
        }
        question->table->add(found);
    }
    return RequestRef(std::move(question));
}

}  // namespace rw
