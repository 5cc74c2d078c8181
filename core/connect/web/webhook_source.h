// Rows of requests that other programs send.
#pragma once
#include <memory>
#include <string>

#include "core/connect/connections/connections.h"
#include "core/connect/journal/journalled_source.h"
#include "core/connect/web/http_items.h"
#include "core/net/listening.h"

namespace rw {

struct WebhookListening {
    ListenAddress address{};
    std::string path{};
    SecretRef token{};
    HttpItems items{};
};

/// A request is answered 204 once its messages are in the journal. Where they wait in memory, or the disk is
/// full, it is answered 503: whoever sent it sends it again.
class WebhookSource final : public JournalledSource {
 public:
    /// The context is that of the call that makes the source.
    WebhookSource(const MakeContext& context, const WebhookListening& listening, JournalledOptions options);

 private:
    Result<std::shared_ptr<JournalReader>> makeJournalReader(JournalReading reading) override;

    const WebhookListening m_listening;
    const std::shared_ptr<const Connections> m_secrets;  ///< null: environment variables alone
    const std::shared_ptr<Clock> m_clock;
};

}  // namespace rw
