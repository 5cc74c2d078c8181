#include "core/cluster/run_board.h"

namespace rw {

namespace {

constexpr std::size_t kMostNotes = 20;

}  // namespace

ClusterLook RunBoard::look() const {
    const std::lock_guard lock(m_mutex);
    return m_look;
}

std::optional<Deployment> RunBoard::deployment() const {
    const std::lock_guard lock(m_mutex);
    return m_deployment;
}

void RunBoard::note(Text text) {
    change([&](ClusterLook& look) {
        if (!look.notes.empty() && look.notes.back() == text) return;
        if (look.notes.size() == kMostNotes) look.notes.erase(look.notes.begin());
        look.notes.push_back(std::move(text));
        ++look.noteCount;
    });
}

void RunBoard::remember(Deployment deployment) {
    std::uint64_t edit = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_deployment = deployment;
        edit = ++m_edits;
    }
    // Without the lock: nobody who draws waits for a disk.
    Deployment kept;
    const Status saved = m_store.save(deployment, &kept);
    const bool unsaved = std::exchange(m_unsaved, !saved.ok());
    if (saved.ok()) {
        {
            const std::lock_guard lock(m_mutex);
            if (edit == m_edits) m_deployment = std::move(kept);
        }
        if (unsaved) note(RW_TEXT("cluster", "The job is remembered now."));
        return;
    }
    note(RW_TEXT("cluster",
                 "The job is not remembered: %1 It will not be found again after the program has ended.")
             .with(saved.error().message));
}

}  // namespace rw
