// The answers of a tape, for rows in the order in which they come in its replay.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/waiting/answers.h"
#include "core/stream/waiting/request.h"

namespace rw {

/// Reads ahead as far as the rows that come need it. Single-threaded, but for the requests of more().
class RecalledRows {
 public:
    RecalledRows(std::shared_ptr<AnswerReader> tape, NamingColumns naming);

    /// The answer that let rows go on, in one piece.
    struct Run {
        std::size_t rows = 0;     ///< 0: more of the tape is to be read first
        bool missing = false;     ///< the tape says nothing of them
        std::uint64_t order = 0;  ///< of the first, among all that went on; the others follow it
        Answers::Outcome outcome = Answers::Outcome::Nothing;
        std::vector<std::string> answers{};
        std::shared_ptr<const Status> failed{};
    };
    /// Of the first rows of `rows`, as many as went on in one piece; they take their answers with them.
    Run take(const Batch& rows);
    /// Reads on; null while that is out.
    RequestRef more();
    /// Takes over the answers read, once they are there. An error of reading them.
    Status collect();

    /// Those from this one on may still come. All before it have gone on.
    std::uint64_t next() const {
        return m_gone.empty() || m_gone.begin()->first > 0 ? 0 : m_gone.begin()->second;
    }
    void goneOn(std::uint64_t order, std::size_t rows);
    bool isWhole() const { return m_tape->isWhole(); }

    void snapshot(StateWriter& out) const;
    Status restore(const StateReader& state);

 private:
    class Reading;
    struct Known {
        std::uint64_t order = 0;
        Answers::Outcome outcome = Answers::Outcome::Nothing;
        std::string answer{};
        std::shared_ptr<const Status> failed{};
    };
    /// By what the rows of this tape are named, once some were read.
    void learnNaming(const Answers& some);
    const Known* find(const RowName& name) const;
    bool hasGone(std::uint64_t order) const;

    const std::shared_ptr<AnswerReader> m_tape;
    const NamingColumns m_naming;
    std::optional<ColumnSet> m_by{};  ///< as rowNames() takes it; none: nothing was read yet
    bool m_byQuestion = false;
    std::shared_ptr<Reading> m_reading{};
    bool m_atEnd = false;
    std::uint64_t m_read = 0;                         ///< rows of the tape
    std::map<RowName, std::deque<Known>> m_known{};   ///< read, and not taken
    std::map<std::uint64_t, std::uint64_t> m_gone{};  ///< spans of orders, from and until
};

}  // namespace rw
