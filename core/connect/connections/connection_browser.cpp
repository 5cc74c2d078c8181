#include "core/connect/connections/connection_browser.h"

#include <algorithm>
#include <utility>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/usable_connection.h"

namespace rw {

namespace {

/// For looks that nobody cancels.
const std::atomic<bool>* neverCancelled() {
    static const std::atomic<bool> kNever{false};
    return &kNever;
}

using BrowserOfKind = std::shared_ptr<const ConnectionBrowser>;

Result<BrowserOfKind> browserOf(const NodeConnection& connection, const ConnectionBrowsers& browsers) {
    RW_TRY(usableConnection(connection.connection()));
    RW_TRY(usableFiles(connection.connection()));
    const auto found = browsers.find(connection.kind());
    if (found != browsers.end()) return found->second;
    const ConnectionKind* const kind = connectionKind(connection.kind());
    const Text label = kind != nullptr ? kind->label : Text();
    return Status(ErrorCode::Invalid,
                  RW_TEXT("connections", "What is in a connection to %1 can't be listed here.").with(label),
                  RW_TEXT("connections", "Write the name into the field."));
}

Status cancelledBrowsing() {
    return {ErrorCode::Cancelled, RW_TEXT("connections", "It was cancelled.")};
}

}  // namespace

BrowsedConnection::BrowsedConnection(NodeConnection connection, Millis within,
                                     const std::atomic<bool>* cancelled)
    : m_connection(std::move(connection)),
      m_within(within),
      m_cancelled(cancelled != nullptr ? cancelled : neverCancelled()) {}

Millis BrowsedConnection::left() {
    const std::int64_t now = m_clock->steadyMillis();
    if (m_until < 0) m_until = now + m_within;
    return std::max<Millis>(m_until - now, 1);
}

Result<ConnectionSubjects> browseConnection(const NodeConnection& connection,
                                            const ConnectionBrowsers& browsers,
                                            const std::atomic<bool>* cancelled,
                                            const std::function<void(const ConnectionSubjects&)>& early,
                                            Millis within) {
    RW_TRY_ASSIGN(const BrowserOfKind browser, browserOf(connection, browsers));
    BrowsedConnection browsed(connection, within, cancelled);
    Result<ConnectionSubjects> found = browser->subjects(browsed, early);
    if (browsed.cancelled()) return cancelledBrowsing();
    return found;
}

Result<SubjectContent> browseSubject(const NodeConnection& connection, const std::string& subject,
                                     const ConnectionBrowsers& browsers, const std::atomic<bool>* cancelled,
                                     Millis within) {
    RW_TRY_ASSIGN(const BrowserOfKind browser, browserOf(connection, browsers));
    BrowsedConnection browsed(connection, within, cancelled);
    Result<SubjectContent> found = browser->content(browsed, subject);
    if (browsed.cancelled()) return cancelledBrowsing();
    return found;
}

}  // namespace rw
