// The models of all keys of one instance: made when a key is first seen, forgotten and reset by key, written
// by key group.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/learn/fields_json.h"
#include "core/learn/learning_output.h"
#include "core/learn/models/running_scale.h"
#include "core/stream/call_budget.h"
#include "core/stream/keys/key_table.h"

namespace rw {
class StateReader;
class StateWriter;
}  // namespace rw

namespace rw::learn {

/// A row that waits for its label.
struct WaitingRow {
    Instant time = 0;
    bool warm = true;                ///< it was scored behind the warm-up
    std::vector<double> features{};  ///< before they were scaled
    std::vector<double> outputs{};   ///< when it was scored
};

/// All that is remembered of a key.
struct KeyState {
    std::unique_ptr<Model> model{};
    std::unique_ptr<KeyNotes> notes{};            ///< null: the node needs none
    std::optional<RunningScale> scale{};          ///< where features are scaled, or their means are put in
    std::uint64_t rows = 0;                       ///< that were scored
    Instant newest = kMinTimestamp;  ///< event time of its rows; kMinTimestamp: none has come in this run
    std::map<std::string, WaitingRow> waiting{};  ///< by id
    std::size_t bytes = 0;                        ///< when it was counted last
};

/// Single-threaded.
class KeyModels {
 public:
    /// `output` makes the notes; it outlives this.
    KeyModels(const LearningPlan& plan, const LearningOutput& output);

    /// The keys of all rows of `batch` in `columns`: their numbers, valid until forgetOver().
    void find(const Batch& batch, std::span<const int> columns, std::vector<std::uint32_t>& keys);
    /// The state of a key at a row of event time `time`: the prior when it is new, or has expired.
    KeyState& at(std::uint32_t key, Instant time);
    /// The same where nothing is made: null, when the key has none.
    KeyState* find(std::uint32_t key, Instant time);
    /// Counts the bytes of a key that has changed.
    void changed(std::uint32_t key);
    /// KeyState::rows of a key is one more.
    void countRow(KeyState& state) {
        ++state.rows;
        ++m_rowsOfAll;
        if (state.rows == m_plan.warmUp) ++m_warm;
    }
    void reset(std::uint32_t key);
    void resetAll();
    /// As it was made: no key is known.
    void clear();

    /// Lets a row of the key wait for its label; a row of the same id that waits gives way.
    void wait(std::uint32_t key, const std::string& id, WaitingRow row);
    /// Takes out the row that waits; nothing, when none does, or it waited for longer than until `time`.
    std::optional<WaitingRow> takeWaiting(std::uint32_t key, const std::string& id, Instant time);

    /// Forgets what no row to come will find, as far as the budget goes.
    void forgetOver(Instant watermark, CallBudget& budget);
    bool anyOver(Instant watermark) const;

    const KeyTable& table() const { return m_table; }
    std::size_t keys() const { return m_live; }
    std::uint64_t rows() const { return m_rowsOfAll; }  ///< the sum of KeyState::rows
    /// Keys that have had their warm-up; 0 without one.
    std::size_t warmKeys() const { return m_warm; }
    std::size_t memoryBytes() const;
    void snapshot(StateWriter& out) const;
    Status restore(const StateReader& state, const KeyGroups& own);

    /// Appends an item of JSON for each key, with commas between: what is learnt of it, without rows that
    /// wait for labels. In the order of the texts of keys.
    void appendJson(std::string& out) const;
    /// Takes over such an item, where the key is one of `own`. Its model is kept until a row of its key has
    /// come, and as long as others from then on.
    Status takeJson(std::string_view text, const KeyGroups& own);
    /// The state of the only key; null: there are none, or several.
    const KeyState* only() const;

 private:
    /// When a key or a waiting row may be over.
    struct Due {
        Instant at;
        std::uint32_t key;
        std::string id;  ///< of a waiting row; of a key: empty
        bool row;        ///< it is a waiting row
        bool operator<(const Due& other) const;
    };
    bool expired(const KeyState& state, Instant time) const {
        return m_plan.ttl > 0 && state.model && state.newest > kMinTimestamp &&
               time >= saturatingAdd(state.newest, m_plan.ttl);
    }
    bool hadWarmUp(const KeyState& state) const { return m_plan.warmUp > 0 && state.rows >= m_plan.warmUp; }
    void make(std::uint32_t key);
    void forget(std::uint32_t key);
    void dropWaiting(std::uint32_t key, std::map<std::string, WaitingRow>::iterator row);
    void queueKey(std::uint32_t key, Instant newest);
    /// A table without the keys that were forgotten, when those are most.
    void tidy();
    void writeState(const KeyState& state, StateWriter& out) const;
    Status readState(const StateReader& record, std::uint32_t key);
    Status readWaiting(const StateReader& record, std::uint32_t key);
    /// The key as JSON: a list of texts and nulls.
    std::string keyJson(std::uint32_t key) const;
    /// The columns, of one row, of a key that keyJson() wrote.
    Result<std::vector<ColumnRef>> readKey(std::string_view text) const;
    Status takeLearnt(const JsonMembers& item, std::uint32_t key);
    static std::size_t bytesOf(const KeyState& state);
    static std::size_t bytesOf(const std::string& id, const WaitingRow& row);

    const LearningPlan& m_plan;
    const LearningOutput& m_output;
    KeyTable m_table;
    std::vector<KeyState> m_states{};  ///< by number of the key; without a model: forgotten
    std::set<Due> m_due{};
    std::size_t m_live = 0, m_warm = 0, m_bytes = 0, m_waitingBytes = 0;
    std::uint64_t m_rowsOfAll = 0;
    // Of one call; kept for their memory
    std::vector<std::uint64_t> m_hashes{};
    std::vector<const Column*> m_columns{};
    std::vector<std::uint32_t> m_rows{};
};

}  // namespace rw::learn
