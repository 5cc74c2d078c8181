// Several parallel instances of a keyed node without the runtime, which can be stopped at a barrier and gone
// on with by as many others.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"

namespace rw::test {

/// Deals rows out by key, as an exchange does, and adds up the output of all instances. Broken contracts and
/// refused states are listed as breaches.
class OperatorGroup : public Output {
 public:
    /// The arguments outlive it.
    OperatorGroup(const NodeKind& kind, const BoundNode& bound, MakeContext context, int instances);

    void send(const Batch& batch, int port = 0);
    void advance(Instant watermark);
    void end();
    /// The state of every instance at a barrier.
    std::vector<std::string> snapshot();
    /// Resumes with `instances` new ones, which have restored the states of the old ones.
    void restart(int instances, std::size_t batchRows);
    /// The same from states that were written before, with the keys of all.
    void resume(const std::vector<std::string>& states, int instances);
    int instances() const { return static_cast<int>(m_instances.size()); }
    Operator& instance(int number) { return *m_instances[static_cast<std::size_t>(number)]; }

    /// The table that the rows of a port add up to, sorted.
    std::vector<std::string> table(int port) const;
    const std::vector<std::string>& breaches() const { return m_breaches; }
    Operator::StateSize stateSize() const;

    void emit(int port, Batch batch) override;
    void watermark(int, Instant) override {}
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override;
    void countLate(std::size_t, Millis) override {}

 private:
    void make(int instances);
    /// Makes a call and the calls that follow from it, as the runtime does.
    template <class Call>
    void run(Operator& instance, Call first);
    void check(const Status& status);

    const NodeKind& m_kind;
    const BoundNode& m_bound;
    MakeContext m_context;
    std::vector<std::unique_ptr<Operator>> m_instances;
    std::map<int, std::map<std::string, int>> m_tables;  ///< how often each row is there
    std::vector<std::string> m_breaches;
    Instant m_inputWatermark = kMinTimestamp;
};

}  // namespace rw::test
