// What texts for clusters leave open of connections (core/deploy/blanks.h), put in right before they are
// sent.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/deploy/translation.h"

namespace rw {

struct ClusterRequest;

/// The connections of a request; the person's own where it has none.
std::shared_ptr<const Connections> connectionsOf(const ClusterRequest& request);

/// An error where a blank that is no secret has no value on this computer: nobody can be asked for it.
Status blanksAreKnown(const std::vector<Blank>& blanks);
/// Puts the values that are no secrets into statements of SQL.
void fillKnownBlanks(Translation& translation);

/// The secrets of a program. They are fetched each time: nothing keeps them.
class ProgramSecrets {
 public:
    ProgramSecrets() = default;  ///< none
    ProgramSecrets(const std::vector<Blank>& blanks, std::shared_ptr<const Connections> connections);

    bool empty() const { return m_blanks.empty(); }
    /// The statement with them, as literals of SQL have them: to be sent, and then to be wiped. Errors, and
    /// waiting, as of Connections::secret().
    Result<std::string> in(const std::string& sql) const;
    /// All of them as an object of JSON, by the names of their blanks, on one line: to be handed over, and
    /// then to be wiped.
    Result<std::string> asJson() const;

 private:
    Result<Secret> fetched(const Blank& blank) const;
    std::vector<Blank> m_blanks{};
    std::shared_ptr<const Connections> m_connections{};
};

}  // namespace rw
