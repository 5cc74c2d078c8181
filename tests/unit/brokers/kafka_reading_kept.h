// A reader of Kafka whose rows, partitions and notes are kept, for tests against brokers in memory.
#pragma once
#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/kafka/kafka_reader.h"
#include "tests/support/worlds/kafka_world.h"

namespace rw::test {

inline constexpr int kReadingPatience = 30'000;  // milliseconds

/// Keeps what a reader gives.
class GivenMessages final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int partition) override {
        const auto& piece = static_cast<const KafkaChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.found.size(); ++i) positions[piece.firstFound + i] = piece.found[i];
        if (piece.looked) return;
        for (std::size_t i = 0; i < piece.messages.size(); ++i) {
            rows[names.at(static_cast<std::size_t>(partition))].push_back(
                std::string(piece.messages.value(i).value_or("NULL")));
            ++count;
        }
        positions[static_cast<std::size_t>(partition)] = piece.behind;
    }
    int partition(const std::string& name) override {
        const auto known = std::find(names.begin(), names.end(), name);
        if (known == names.end()) names.push_back(name);
        return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
    }
    void tell(PartitionState state, Text reason, int partition) override {
        if (static_cast<std::size_t>(partition) >= names.size()) return;
        states[names[static_cast<std::size_t>(partition)]] = state;
        if (!reason.empty()) why = english(reason);
    }
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int partition) const override { return partition != held; }

    std::vector<KafkaPartition> place() const {
        std::vector<KafkaPartition> all;
        for (const auto& [number, partition] : positions) all.push_back(partition);
        return all;
    }

    std::vector<std::string> names{};
    std::map<std::string, std::vector<std::string>> rows{};
    std::map<std::string, PartitionState> states{};
    std::map<std::size_t, KafkaPartition> positions{};
    std::vector<std::string> notes{};
    std::string why{};
    std::size_t count = 0;
    int held = -1;
};

/// A broker for one class of tests, and topics of it that no other test has.
class KafkaTopics {
 protected:
    KafkaWorld m_world{};
    int m_topics = 0;

    std::string topic(int partitions = 1) {
        std::string name = "topic-" + std::to_string(++m_topics);
        m_world.createTopic(name, partitions);
        return name;
    }
    void putInto(const std::string& name, int partition, const std::vector<std::string>& values) {
        std::vector<KafkaWorld::Message> messages;
        for (const std::string& value : values) {
            KafkaWorld::Message& message = messages.emplace_back();
            message.value = value;
            message.partition = partition;
        }
        m_world.put(name, messages);
    }
};

inline std::vector<std::string> numbers(int from, int until) {
    std::vector<std::string> out;
    for (int i = from; i < until; ++i) out.push_back(std::to_string(i));
    return out;
}

class Reading {
 public:
    Reading(const KafkaWorld& world, KafkaReading how, std::vector<KafkaPartition> from = {},
            bool looked = false) {
        KafkaReader::About about;
        about.reading = std::move(how);
        about.partitions = std::move(from);
        about.looked = looked;
        about.clock = systemClock();
        about.board = board;
        about.foundNothing = foundNothing;
        for (const KafkaPartition& partition : about.partitions) {
            given.positions[given.names.size()] = partition;
            given.names.push_back(partition.name());
        }
        reader = std::make_unique<KafkaReader>(world.connection(), std::move(about));
    }
    /// Until that holds, the end, or an error. Whether it holds.
    template <class Holds>
    bool until(Holds&& holds) {
        QElapsedTimer timer;
        timer.start();
        while (!holds() && !ended && status.ok() && timer.elapsed() < kReadingPatience) {
            const Result<SourceReader::Read> read = reader->read(50, given);
            if (!read.ok()) status = read.status();
            ended = read.ok() && *read == SourceReader::Read::End;
            nothing = read.ok() && *read == SourceReader::Read::Nothing;
        }
        return holds();
    }
    std::string said() const { return status.ok() ? std::string() : english(status.error()); }

    const std::shared_ptr<std::atomic<bool>> foundNothing = std::make_shared<std::atomic<bool>>(false);
    GivenMessages given{};
    std::shared_ptr<ProgressBoard> board = std::make_shared<ProgressBoard>();
    std::unique_ptr<KafkaReader> reader{};
    Status status{};
    bool ended = false, nothing = false;
};

inline KafkaReading of(const std::string& topic) {
    KafkaReading reading;
    reading.topic = topic;
    return reading;
}

inline KafkaReading bounded(const std::string& topic) {
    KafkaReading reading = of(topic);
    reading.bounded = true;
    return reading;
}

}  // namespace rw::test
