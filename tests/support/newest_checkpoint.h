// A store of checkpoints in memory, for runs that are left and resumed.
#pragma once
#include <memory>
#include <string>

#include "core/stream/checkpoint_store.h"

namespace rw::test {

/// Has the newest one, once the run has ended.
class NewestCheckpoint final : public CheckpointStore {
 public:
    const std::string& lineage() const override { return m_noLineage; }
    Status open(const MakeContext&) override { return {}; }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        newest = std::make_shared<const StateSnapshot>(snapshot);
        return CheckpointSize{};
    }
    Status finish() override { return {}; }
    void close() override {}

    std::shared_ptr<const StateSnapshot> newest{};

 private:
    const std::string m_noLineage{};
};

}  // namespace rw::test
