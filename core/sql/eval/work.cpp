#include "core/sql/eval/work.h"

#include <utility>

namespace rw::sql {

namespace {

thread_local Interruptible* newest = nullptr;

}  // namespace

Interruptible::Interruptible(std::function<bool()> stops)
    : m_stops(std::move(stops)), m_outer(std::exchange(newest, this)) {}

Interruptible::~Interruptible() {
    newest = m_outer;
}

bool interrupted() {
    if (newest == nullptr) return false;
    newest->m_happened = newest->m_happened || newest->m_stops();
    return newest->m_happened;
}

bool wasInterrupted() {
    return newest != nullptr && newest->m_happened;
}

}  // namespace rw::sql
