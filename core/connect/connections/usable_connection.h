// The checks that a connection passes before it is stored: Error::param is the name of the field or secret.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/connect/connections/connection.h"
#include "core/connect/connections/connection_kind.h"

namespace rw {

/// What is wrong with a name: pipelines, lists with commas and the command line must be able to say it.
/// Error::param is “name”.
Status usableConnectionName(const std::string& name);
/// The first thing that is missing or wrong: a name, a kind that this version knows, fields, and references
/// to secrets that lie somewhere. Looks at no disk and no network.
Status usableConnection(const Connection& connection);
/// The first file that a field names and that can't be read, or holds no PEM. Looks at the disk.
Status usableFiles(const Connection& connection);

/// An error that names the connection where a field has none of its choices: “yes” as TLS would mean none.
/// For those who use a connection: a person may have changed the file.
Status usableChoices(const Connection& connection);

/// An error where a password or a token would go over the network for everybody to read; a part of
/// usableConnection(). Clients ask it, too: a person may have changed the file.
Status secretsStaySecret(const Connection& connection);

/// Whether an address such as “https://user:password@host” has a password in it.
bool holdsPassword(std::string_view value);

}  // namespace rw
