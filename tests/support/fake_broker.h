// A broker of the outside world: queues whose messages are gone once they are acknowledged, and transactions
// of producers; a new producer fences off the earlier ones. It outlives the program that uses it: its data is
// in a log, in memory or in a file, which killed programs and those that resume share.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/stream/state_snapshot.h"

namespace rw::test {

/// The state of a producer's rows with a marker.
enum class Transaction {
    Unknown,    ///< it was never prepared
    Prepared,   ///< all of it is there, and not visible yet
    Committed,  ///< everybody sees it
    Aborted     ///< given up, by its producer or by one that came after it
};

/// Any thread, and any number of processes where it is in a file. An error of ErrorCode::Invalid is for
/// good: the messages are gone, the producer was fenced off.
class FakeBroker {
 public:
    FakeBroker() = default;  ///< in memory
    explicit FakeBroker(std::string path) : m_path(std::move(path)) {}
    FakeBroker(const FakeBroker&) = delete;
    FakeBroker& operator=(const FakeBroker&) = delete;

    /// The one that pipelines of a folder use: that of use(), else one in a file of the folder.
    static FakeBroker& of(const std::string& folder);
    /// For all folders; null: each has its own again.
    static void use(FakeBroker* broker);

    // Set by a test, before a run. Both get the name of the call (“receive”, “acknowledge”, “begin”, “send”,
    // “prepare”, “commit”, “abort”), and may fail it or end the process; after() when it has had its effect, so
    // that the caller can't know.
    std::function<Status(const std::string&call)> before{}, after{};

    // A queue. Messages are numbered from 0.
    /// The messages of a queue that was not filled yet.
    Status fill(const std::string& queue, const std::vector<std::string>& messages);
    bool isFilled(const std::string& queue);
    /// The first that is not acknowledged, and how many there are in all.
    struct Extent {
        std::uint64_t first = 0, count = 0;
    };
    Result<Extent> extent(const std::string& queue);
    /// An error where it was acknowledged: it is gone.
    Result<std::string> receive(const std::string& queue, std::uint64_t number);
    /// Those before `number` are not wanted any more.
    Status acknowledge(const std::string& queue, std::uint64_t number);

    // A producer, which writes into the topic `topic`.
    /// Fences off the earlier producer; its uncommitted messages are aborted. The number to write
    /// with.
    Result<std::int64_t> begin(const std::string& producer, const std::string& topic);
    Status send(const std::string& producer, std::int64_t number, const std::string& row);
    /// All rows so far, in one transaction with `marker`. It takes none then.
    Status prepare(const std::string& producer, std::int64_t number, Epoch marker);
    /// A success where the newest that was committed has this marker, too.
    Status commit(const std::string& producer, std::int64_t number, Epoch marker);
    Status abort(const std::string& producer, std::int64_t number);
    /// Of the newest transaction that was committed; 0: none was.
    Result<Epoch> marker(const std::string& producer);

    // For the checks of a test; never fails.
    /// All that was committed to a topic, in order.
    std::vector<std::string> committed(const std::string& topic);
    std::vector<std::string> topics();
    Transaction stateOf(const std::string& producer, Epoch marker);
    std::uint64_t acknowledged(const std::string& queue);
    /// How often a call was made in this process.
    int calls(const std::string& call) const;

 private:
    struct Queue {
        std::vector<std::string> messages{};
        std::uint64_t acknowledged = 0;
    };
    struct Producer {
        std::string topic{};
        std::int64_t number = 0;
        std::vector<std::string> open{};
        Epoch prepared = 0;  ///< marker of the open transaction; 0: it takes rows
        Epoch committed = 0;
        std::map<Epoch, Transaction> transactions{};
    };
    using Words = std::vector<std::string>;

    template <class Body>
    Status asked(const std::string& call, Body&& body);
    /// Under the mutex, and alone in the file, which was read to its end.
    template <class Body>
    Status alone(Body&& body);
    void readLog(int file);
    Status write(const Words& words);
    void apply(const Words& words);
    void giveUp(Producer& producer);
    Status isMine(const std::string& producer, std::int64_t number);

    const std::string m_path{};
    mutable std::mutex m_mutex;  ///< guards the members below
    std::map<std::string, Queue> m_queues;
    std::map<std::string, Producer> m_producers;
    std::map<std::string, std::vector<std::string>> m_topics;
    std::map<std::string, int> m_calls;
    int m_file = -1;           ///< open while alone() is
    std::uint64_t m_read = 0;  ///< bytes of the log
    std::string m_tail;        ///< of it, without the end of a line
};

}  // namespace rw::test
