// Alerts as a mail.
#pragma once
#include <span>
#include <string>

#include "core/connect/alerts/alert_words.h"
#include "core/connect/connections/connections.h"
#include "core/net/mail_client.h"

namespace rw {

/// The server of a connection of kind “smtp”. Where waiting is allowed (NodeConnection::secret).
Result<MailServer> mailServer(const NodeConnection& connection);
/// The addresses in its field `recipients`; where that is empty, its sender.
std::vector<std::string> mailRecipients(const NodeConnection& connection);

/// One mail about some letters, at least one, of which the first stands in the subject. `now`: wall time.
Mail alertMail(std::span<const AlertLetter> letters, const NodeConnection& connection,
               const std::string& pipeline, const AlertSpeaker& say, Instant now);

}  // namespace rw
