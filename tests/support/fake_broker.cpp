#include "tests/support/fake_broker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <sstream>
#include <utility>

namespace rw::test {

namespace {

FakeBroker* g_broker = nullptr;

/// Without white space.
std::string written(const std::string& text) {
    std::string out = "x";
    for (const char byte : text) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return out;
}

std::string readBack(const std::string& word) {
    std::string out;
    for (std::size_t at = 1; at + 1 < word.size(); at += 2)
        out += static_cast<char>(std::stoi(word.substr(at, 2), nullptr, 16));
    return out;
}

Status forGood(Text why) {
    return {ErrorCode::Invalid, std::move(why)};
}

}  // namespace

FakeBroker& FakeBroker::of(const std::string& folder) {
    if (g_broker) return *g_broker;
    static std::mutex mutex;
    static std::map<std::string, std::unique_ptr<FakeBroker>> all;
    const std::lock_guard lock(mutex);
    std::unique_ptr<FakeBroker>& broker = all[folder];
    if (!broker) broker = std::make_unique<FakeBroker>(folder + "/broker.log");
    return *broker;
}

void FakeBroker::use(FakeBroker* broker) {
    g_broker = broker;
}

template <class Body>
Status FakeBroker::alone(Body&& body) {
    const std::lock_guard lock(m_mutex);
    if (m_path.empty()) return body();
    m_file = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (m_file < 0) return {ErrorCode::Io, RW_TEXT("test", "The broker has no place for its log.")};
    while (::flock(m_file, LOCK_EX) != 0) {
    }
    readLog(m_file);
    const Status status = body();
    ::close(m_file);
    m_file = -1;
    return status;
}

void FakeBroker::readLog(int file) {
    std::array<char, 65'536> bytes{};
    for (;;) {
        const ssize_t count =
            ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(m_read + m_tail.size()));
        if (count <= 0) break;
        m_tail.append(bytes.data(), static_cast<std::size_t>(count));
    }
    std::size_t begin = 0;
    for (std::size_t end = m_tail.find('\n'); end != std::string::npos; end = m_tail.find('\n', begin)) {
        std::istringstream line(m_tail.substr(begin, end - begin));
        Words words;
        for (std::string word; line >> word;) words.push_back(readBack(word));
        apply(words);
        begin = end + 1;
    }
    m_read += begin;
    // A program that was killed amid a write has left the beginning of a line, which does not count.
    if (begin < m_tail.size()) (void)!::ftruncate(file, static_cast<off_t>(m_read));
    m_tail.clear();
}

Status FakeBroker::write(const Words& words) {
    apply(words);
    if (m_path.empty()) return {};
    std::string line;
    for (const std::string& word : words) line += written(word) + ' ';
    line += '\n';
    if (::write(m_file, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        return {ErrorCode::Io, RW_TEXT("test", "The log of the broker can't be written.")};
    m_read += line.size();
    return {};
}

void FakeBroker::apply(const Words& words) {
    const std::string& what = words[0];
    const std::string& name = words[1];
    if (what == "fill") {
        m_queues[name].messages.assign(words.begin() + 2, words.end());
    } else if (what == "acknowledge") {
        m_queues[name].acknowledged = std::stoull(words[2]);
    } else if (what == "begin") {
        Producer& producer = m_producers[name];
        giveUp(producer);
        producer.topic = words[2];
        ++producer.number;
    } else if (what == "send") {
        m_producers[name].open.push_back(words[2]);
    } else if (what == "prepare") {
        Producer& producer = m_producers[name];
        producer.prepared = std::stoull(words[2]);
        producer.transactions[producer.prepared] = Transaction::Prepared;
    } else if (what == "commit") {
        Producer& producer = m_producers[name];
        std::vector<std::string>& topic = m_topics[producer.topic];
        topic.insert(topic.end(), producer.open.begin(), producer.open.end());
        producer.open.clear();
        producer.committed = std::exchange(producer.prepared, 0);
        producer.transactions[producer.committed] = Transaction::Committed;
    } else {
        giveUp(m_producers[name]);
    }
}

void FakeBroker::giveUp(Producer& producer) {
    if (producer.prepared != 0) producer.transactions[producer.prepared] = Transaction::Aborted;
    producer.prepared = 0;
    producer.open.clear();
}

template <class Body>
Status FakeBroker::asked(const std::string& call, Body&& body) {
    {
        const std::lock_guard lock(m_mutex);
        ++m_calls[call];
    }
    if (before) RW_TRY(before(call));
    RW_TRY(alone(body));
    return after ? after(call) : Status();
}

Status FakeBroker::fill(const std::string& queue, const std::vector<std::string>& messages) {
    return alone([&]() -> Status {
        if (m_queues.contains(queue)) return {};
        Words words{"fill", queue};
        words.insert(words.end(), messages.begin(), messages.end());
        return write(words);
    });
}

bool FakeBroker::isFilled(const std::string& queue) {
    bool filled = false;
    (void)alone([&]() -> Status {
        filled = m_queues.contains(queue);
        return {};
    });
    return filled;
}

Result<FakeBroker::Extent> FakeBroker::extent(const std::string& queue) {
    Extent extent;
    const Status status = asked("receive", [&]() -> Status {
        extent = {m_queues[queue].acknowledged, m_queues[queue].messages.size()};
        return {};
    });
    if (!status.ok()) return status;
    return extent;
}

Result<std::string> FakeBroker::receive(const std::string& queue, std::uint64_t number) {
    std::string message;
    const Status status = asked("receive", [&]() -> Status {
        const Queue& found = m_queues[queue];
        if (number < found.acknowledged)
            return forGood(RW_TEXT("test", "Message %1 is gone: it was acknowledged.").with(number));
        message = found.messages.at(number);
        return {};
    });
    if (!status.ok()) return status;
    return message;
}

Status FakeBroker::acknowledge(const std::string& queue, std::uint64_t number) {
    return asked("acknowledge", [&]() -> Status {
        if (number <= m_queues[queue].acknowledged) return {};
        return write({"acknowledge", queue, std::to_string(number)});
    });
}

Result<std::int64_t> FakeBroker::begin(const std::string& producer, const std::string& topic) {
    std::int64_t number = 0;
    const Status status = asked("begin", [&]() -> Status {
        RW_TRY(write({"begin", producer, topic}));
        number = m_producers[producer].number;
        return {};
    });
    if (!status.ok()) return status;
    return number;
}

Status FakeBroker::isMine(const std::string& producer, std::int64_t number) {
    if (m_producers[producer].number == number) return {};
    return forGood(
        RW_TEXT("test", "The producer “%1” was shut out by one that came after it.").with(producer));
}

Status FakeBroker::send(const std::string& producer, std::int64_t number, const std::string& row) {
    return asked("send", [&]() -> Status {
        RW_TRY(isMine(producer, number));
        if (m_producers[producer].prepared != 0)
            return forGood(RW_TEXT("test", "A transaction that was prepared takes no rows."));
        return write({"send", producer, row});
    });
}

Status FakeBroker::prepare(const std::string& producer, std::int64_t number, Epoch marker) {
    return asked("prepare", [&]() -> Status {
        RW_TRY(isMine(producer, number));
        if (m_producers[producer].prepared != 0)
            return forGood(RW_TEXT("test", "The transaction before it was not committed."));
        return write({"prepare", producer, std::to_string(marker)});
    });
}

Status FakeBroker::commit(const std::string& producer, std::int64_t number, Epoch marker) {
    return asked("commit", [&]() -> Status {
        RW_TRY(isMine(producer, number));
        const Producer& found = m_producers[producer];
        if (found.committed == marker) return {};
        if (found.prepared != marker) return forGood(RW_TEXT("test", "There is no such transaction."));
        return write({"commit", producer});
    });
}

Status FakeBroker::abort(const std::string& producer, std::int64_t number) {
    return asked("abort", [&]() -> Status {
        RW_TRY(isMine(producer, number));
        return write({"abort", producer});
    });
}

Result<Epoch> FakeBroker::marker(const std::string& producer) {
    Epoch marker = 0;
    const Status status = asked("begin", [&]() -> Status {
        marker = m_producers[producer].committed;
        return {};
    });
    if (!status.ok()) return status;
    return marker;
}

std::vector<std::string> FakeBroker::committed(const std::string& topic) {
    std::vector<std::string> rows;
    (void)alone([&]() -> Status {
        rows = m_topics[topic];
        return {};
    });
    return rows;
}

std::vector<std::string> FakeBroker::topics() {
    std::vector<std::string> names;
    (void)alone([&]() -> Status {
        for (const auto& [name, producer] : m_producers) {
            if (std::find(names.begin(), names.end(), producer.topic) == names.end())
                names.push_back(producer.topic);
        }
        return {};
    });
    return names;
}

Transaction FakeBroker::stateOf(const std::string& producer, Epoch marker) {
    Transaction state = Transaction::Unknown;
    (void)alone([&]() -> Status {
        const auto& known = m_producers[producer].transactions;
        if (const auto found = known.find(marker); found != known.end()) state = found->second;
        return {};
    });
    return state;
}

std::uint64_t FakeBroker::acknowledged(const std::string& queue) {
    std::uint64_t count = 0;
    (void)alone([&]() -> Status {
        count = m_queues[queue].acknowledged;
        return {};
    });
    return count;
}

int FakeBroker::calls(const std::string& call) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_calls.find(call);
    return found != m_calls.end() ? found->second : 0;
}

}  // namespace rw::test
