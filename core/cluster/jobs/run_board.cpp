#include "core/cluster/jobs/run_board.h"

namespace rw {

namespace {

constexpr std::size_t kMostNotes = 20;

}  // namespace

ClusterStatus RunBoard::look() const {
    const std::lock_guard lock(m_mutex);
    return m_look;
}

std::optional<Deployment> RunBoard::deployment() const {
    const std::lock_guard lock(m_mutex);
    return m_deployment;
}

void RunBoard::note(Text text) {
    change([&](ClusterStatus& look) {
        if (!look.notes.empty() && look.notes.back() == text) return;
        if (look.notes.size() == kMostNotes) look.notes.erase(look.notes.begin());
        look.notes.push_back(std::move(text));
        ++look.noteCount;
    });
}

void RunBoard::remember(Deployment deployment) {
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& each : m_amendments) each(deployment);
        m_deployment = std::move(deployment);
        ++m_edits;
    }
    save();
}

void RunBoard::amend(std::function<void(Deployment&)> change) {
    {
        const std::lock_guard lock(m_mutex);
        m_amendments.push_back(std::move(change));
        if (!m_deployment) return;
        m_amendments.back()(*m_deployment);
        ++m_edits;
    }
    save();
}

void RunBoard::saveAgain() {
    {
        const std::lock_guard writing(m_writing);
        if (!m_unsaved) return;
    }
    save();
}

// Without the lock of the picture: a thread that draws never waits for a disk.
void RunBoard::save() {
    const std::lock_guard writing(m_writing);
    std::optional<Deployment> newest;
    std::uint64_t edit = 0;
    {
        const std::lock_guard lock(m_mutex);
        newest = m_deployment;
        edit = m_edits;
    }
    if (!newest) return;
    Deployment kept;
    const Status saved = m_store.save(*newest, &kept);
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
                 "The record of the job may be lost: %1 Without it the job is not found again after the program has ended.")
             .with(saved.error().message));
}

}  // namespace rw
