// What was heard of live sources, kept on disk for the next samples.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/listen/heard_rows.h"

namespace rw {

/// By whom and of what something was heard.
struct HeardBy {
    std::string key{};                       ///< heardKey()
    std::vector<std::string> connections{};  ///< that the source names
    std::string pipeline{};                  ///< the file of the pipeline; empty: it has none
    std::string title{};                     ///< of the source there, for people
};

/// What is kept of one source.
struct KeptSource {
    HeardBy by{};
    std::string type{};  ///< of the source's node
    Instant at = 0;      ///< as HeardRows
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;  ///< on the disk
};

/// In a folder that only this user may look into. Any thread, any process: what is there is whole, and of two
/// that keep the same source the last one stays. All of it waits for the disk.
class HeardStore {
 public:
    static constexpr std::size_t kMost = 64;                             ///< sources; the oldest go
    static constexpr std::uint64_t kMostBytes = std::uint64_t{8} << 20;  ///< of one; a larger one is not kept

    /// In `folder`, which is made when it is needed; empty: “heard” in the dataFolder().
    explicit HeardStore(std::string folder = {});

    /// In place of what was kept of that source. An error says why it is not kept.
    Status keep(const HeardBy& by, const HeardRows& heard) const;
    /// Nothing: nothing was heard of it, or that can't be read.
    std::optional<HeardRows> find(const std::string& key) const;
    bool has(const std::string& key) const;
    /// All that is kept, the newest first. Files that can't be read are named by their key alone.
    std::vector<KeptSource> all() const;
    const std::string& folder() const { return m_folder; }

    // How many were forgotten:
    std::size_t forget(const std::string& key) const;
    std::size_t forgetConnection(const std::string& name) const;
    std::size_t forgetPipeline(const std::string& file) const;
    std::size_t forgetAll() const;

 private:
    std::vector<std::string> filesWith(const std::string& mark) const;
    std::size_t remove(const std::string& mark) const;
    std::string fileOf(const std::string& key) const;
    void dropOldest() const;

    std::string m_folder;
};

}  // namespace rw
