// What the text of an engine leaves open of a connection: `${shop_address}`, `${SHOP_PASSWORD}`. Secrets are
// never written, and addresses and files may be others on the machines of a cluster.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/base/text.h"
#include "core/pipeline/known_connection.h"
#include "core/pipeline/variables.h"

namespace rw {

class NodeForm;

struct Blank {
    std::string name{};        ///< as `${name}` has it; of a secret in capitals
    std::string value{};       ///< that it has on this computer; empty: it must be given. Never of a secret
    std::string connection{};  ///< whose it is
    std::string field{};       ///< of the connection: “address”, “password”
    bool secret = false;
    /// It stands between double quotes inside a literal, where a quote or a backslash gets a backslash.
    bool inQuotes = false;
    /// A file that must lie on each machine of the cluster.
    bool file = false;
};
/// “the password of “shop””, for the heads of files and for messages.
Text blankText(const Blank& blank);

/// Those of one translation. The same part of a connection has one blank, however many nodes name it.
class Blanks {
 public:
    /// None is called like a variable of the pipeline.
    explicit Blanks(const Variables& variables) : m_variables(variables) {}
    /// “${name}”; `blank` without its name.
    std::string add(Blank blank);
    std::vector<Blank> take() { return std::move(m_blanks); }

 private:
    const Variables& m_variables;
    std::vector<Blank> m_blanks{};
};

/// The connection that a parameter of a node names, as its form writes it.
class FormConnection {
 public:
    explicit FormConnection(NodeForm& form, std::string_view param = "connection");

    const std::string& name() const { return m_name; }
    /// Whether this computer has it. Of another one there are blanks alone.
    bool known() const { return m_known != nullptr; }
    /// Empty: that is not known.
    std::string kind() const;
    /// The value of a field that is written as it is; empty: it has none.
    std::string field(const std::string& which) const;
    bool hasSecret(std::string_view secret) const;
    /// An error where a field has none of its choices.
    Status usable() const;

    /// The value of a field that it must have; “${name}” where it is not known here.
    std::string text(const std::string& which);

    // Each “${name}”.
    /// With its ports.
    std::string address();
    std::string file(const std::string& which);
    std::string secret(const std::string& which, bool inQuotes = false);
    /// Of something that this computer does not have in that form.
    std::string unknownFile(const std::string& which);
    /// Of something that is no field; empty: it must be given.
    std::string open(const std::string& what, std::string value);

 private:
    Blank blankOf(const std::string& which) const;
    NodeForm& m_form;
    std::string m_name;
    const KnownConnection* m_known = nullptr;
};

}  // namespace rw
