// What a server says when a test asks it over HTTP, beside the program.
#pragma once
#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <map>

namespace rw::servers {

struct HttpAnswer {
    int status = 0;  ///< 0: there is no answer
    QByteArray body{};
    QJsonObject json() const;
};

/// Asks once, and waits for the answer. Needs an application.
HttpAnswer askHttp(const QByteArray& method, const QString& url, const QByteArray& body = {},
                   const std::map<QByteArray, QByteArray>& headers = {});

}  // namespace rw::servers
