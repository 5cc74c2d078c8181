// How fast rows are spread over the tasks behind an exchange: rows a second on one core, from batches in
// memory to the consumers' inboxes. With an argument only benches whose names contain it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "core/runtime/sender.h"
#include "tests/bench/keyed_bench.h"
#include "tests/bench/memory_bound.h"
#include "tests/bench/operators.h"

using namespace rw;
using namespace rw::bench;

namespace {

/// Runs nothing: the sender takes its rows out again.
class NoExecutor final : public Executor {
 public:
    void add(Task&) override {}
    Status start(std::function<void()>) override { return {}; }
    Status lend(std::shared_ptr<Task>) override { return {}; }
    bool drive(const std::function<bool()>&, std::int64_t) override { return false; }
    void schedule(Task&) override {}
    void scheduleAt(Task&, std::int64_t) override {}
    void end() override {}
    void join() override {}
};

class NoTask final : public Task {
    Step work() override { return Step::Wait; }
    void failed(const Status&) override {}
};

/// An exchange from one producer to as many consumers.
class Spread {
 public:
    Spread(std::size_t consumers, std::vector<int> keys, SchemaRef schema) {
        m_exchange.kind = Exchange::Kind::Keyed;
        m_exchange.keys = std::move(keys);
        std::vector<Destination> destinations;
        for (std::size_t i = 0; i < consumers; ++i) {
            m_inboxes.push_back(std::make_unique<Inbox>(m_executor, systemClock(), kRoom));
            m_inboxes.back()->setConsumer(m_consumer);
            destinations.push_back({m_inboxes.back().get(), m_inboxes.back()->addSlot(false, 1)});
        }
        m_sender =
            std::make_unique<Sender>(m_exchange, std::move(destinations), std::move(schema), 0, &m_heavy, nullptr);
        m_sender->belongTo(m_producer);
    }
    /// Gives the rows that were taken out.
    std::size_t pass(const Batch& batch) {
        m_sender->send(batch);
        m_sender->settle(batch.watermark);
        m_sender->flush();
        std::size_t rows = 0;
        for (const auto& inbox : m_inboxes) {
            for (Delivery delivery; inbox->pop(delivery);) rows += delivery.rows;
        }
        return rows;
    }

 private:
    static constexpr std::size_t kRoom = 65'536;

    Exchange m_exchange{};
    HeavyKeys m_heavy{};
    NoExecutor m_executor{};
    NoTask m_consumer{}, m_producer{};
    std::vector<std::unique_ptr<Inbox>> m_inboxes{};
    std::unique_ptr<Sender> m_sender{};
};

void measure(const KeyedBench& bench, const BenchStream& input, const char* by, std::vector<int> keys,
             std::size_t consumers) {
    const std::string name = fmt::format("by {} to {} tasks", by, consumers);
    if (!bench.wants(name)) return;
    std::size_t rows = 0;
    for (const Batch& batch : input.batches) rows += batch.rows;
    double best = 0;
    for (int round = 0; round < 3; ++round) {
        Spread spread(consumers, keys, input.type.schema);
        std::size_t passed = 0;
        const auto start = std::chrono::steady_clock::now();
        for (const Batch& batch : input.batches) passed += spread.pass(batch);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (passed != rows) fail(name.c_str(), "rows are lost");
        best = std::max(best, static_cast<double>(rows) / seconds);
    }
    fmt::print("{:<46} {:>7.1f} M rows/s {:>7.1f} ns/row {:>5.1f} ns to read\n", name, best / 1e6, 1e9 / best,
               memoryBound(input.batches, ColumnSet(input.type.schema->size(), true)));
}

}  // namespace

int main(int argc, char** argv) {
    const KeyedBench bench(argc, argv);
    const BenchStream usual = bidStream(4'000), tidy = bidStream(0);
    for (const std::size_t consumers : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
        measure(bench, usual, "auction", {0}, consumers);
        measure(bench, usual, "channel", {3}, consumers);
        measure(bench, usual, "bidder and channel", {1, 3}, consumers);
        measure(bench, tidy, "auction, in order,", {0}, consumers);
    }
}
