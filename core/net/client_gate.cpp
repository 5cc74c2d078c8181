#include "core/net/client_gate.h"

#include <algorithm>

namespace rw {

ClientGate::Entry::Entry(ClientGate& gate, HttpClient& client) : m_gate(gate), m_client(client) {
    const std::lock_guard lock(m_gate.m_mutex);
    m_gate.m_clients.push_back(&m_client);
    if (m_gate.m_interrupted || m_gate.m_forced) m_client.cancel();
}

ClientGate::Entry::~Entry() {
    const std::lock_guard lock(m_gate.m_mutex);
    auto& clients = m_gate.m_clients;
    clients.erase(std::remove(clients.begin(), clients.end(), &m_client), clients.end());
}

void ClientGate::allow(bool interruptions) {
    const std::lock_guard lock(m_mutex);
    m_allowed = interruptions;
}

void ClientGate::interrupt() {
    const std::lock_guard lock(m_mutex);
    if (!m_allowed) return;
    m_interrupted = true;
    cancelAll();
}

void ClientGate::resume() {
    const std::lock_guard lock(m_mutex);
    m_interrupted = false;
    if (m_forced) return;
    for (HttpClient* client : m_clients) client->resume();
}

void ClientGate::force() {
    const std::lock_guard lock(m_mutex);
    m_forced = true;
    cancelAll();
}

void ClientGate::cancelAll() {
    for (HttpClient* client : m_clients) client->cancel();
}

}  // namespace rw
