// Stores beside a model of what they should have, for the tests of core/store.
#pragma once
#include <QtTest/QtTest>

#include <cerrno>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/store/partitioned_store.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

namespace rw::test {

using Key = std::pair<std::uint64_t, std::string>;
using Content = std::map<Key, std::string>;
using Make = std::function<std::unique_ptr<KeyedStore>(std::shared_ptr<SpillFolder>)>;

/// Each implementation, by its name.
inline std::vector<std::pair<const char*, Make>> stores() {
    return {{"partitioned", [](std::shared_ptr<SpillFolder> folder) -> std::unique_ptr<KeyedStore> {
                 return std::make_unique<PartitionedStore>(std::move(folder));
             }}};
}

inline std::vector<StoreKey> viewsOf(const std::vector<Key>& keys) {
    std::vector<StoreKey> views;
    for (const Key& key : keys) views.push_back({key.first, key.second});
    return views;
}

/// The rows of a scan, which are to ascend. An error: none.
inline std::optional<Content> rowsOf(Result<std::unique_ptr<StoreScan>> scan, int keyGroup) {
    if (!scan.ok()) return std::nullopt;
    Content found;
    StoreRows rows;
    for (bool more = true; more;) {
        const Result<bool> next = (*scan)->next(rows);
        if (!next.ok()) return std::nullopt;
        more = *next;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const StoreKey key = rows.key(i);
            if (key.keyGroup() != keyGroup) return std::nullopt;
            const Key own(key.hash, key.bytes);
            if (!found.empty() && own <= found.rbegin()->first) return std::nullopt;
            found.emplace(own, rows.value(i));
        }
    }
    return found;
}

inline Content groupOf(const Content& content, int keyGroup) {
    Content own;
    for (const auto& row : content) {
        if (static_cast<int>(row.first.first >> 56) == keyGroup) own.insert(row);
    }
    return own;
}

/// A store, and what it should have.
struct Tried {
    explicit Tried(const Make& make)
        : disk(std::make_shared<MemoryOutputs>()),
          folder(*SpillFolder::open(disk, MemoryFiles(), "/state")),
          store(make(folder)) {}

    void put(const std::vector<Key>& keys, const std::vector<std::optional<std::string>>& values) {
        StoreValues given;
        given.reset(keys.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (values[i]) {
                given.set(i, *values[i]);
                model[keys[i]] = *values[i];
            } else {
                model.erase(keys[i]);
            }
        }
        QVERIFY(store->put(viewsOf(keys), given).ok());
    }
    void erase(const std::vector<Key>& keys) {
        for (const Key& key : keys) model.erase(key);
        QVERIFY(store->erase(viewsOf(keys)).ok());
    }
    bool gives(const std::vector<Key>& keys) {
        StoreValues values;
        if (!store->get(viewsOf(keys), values).ok() || values.size() != keys.size()) return false;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto expected = model.find(keys[i]);
            const auto value = values.at(i);
            if (value.has_value() != (expected != model.end())) return false;
            if (value && *value != expected->second) return false;
        }
        return true;
    }
    bool givesAll() {
        std::vector<Key> keys;
        for (const auto& row : model) keys.push_back(row.first);
        if (!gives(keys)) return false;
        for (int keyGroup = 0; keyGroup < KeyedStore::kKeyGroups; ++keyGroup) {
            if (rowsOf(store->scan(keyGroup), keyGroup) != groupOf(model, keyGroup)) return false;
        }
        return true;
    }
    void full(bool is) {
        disk->fails = [is](const std::string&, const std::string&) { return is ? ENOSPC : 0; };
    }
    void workToTheEnd() {
        for (int calls = 0; store->hasWork(); ++calls) {
            QVERIFY(store->work(1).ok());
            QVERIFY(calls < 100'000);
        }
    }

    std::shared_ptr<MemoryOutputs> disk;
    std::shared_ptr<SpillFolder> folder;
    std::unique_ptr<KeyedStore> store;
    Content model{};
};

}  // namespace rw::test
