package wagi.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class AddressTextTest {
  @Test
  void zoneIsLeftOut() throws UnknownHostException {
    byte[] octets = new byte[16];
    octets[0] = (byte) 0xFE;
    octets[1] = (byte) 0x80;
    octets[15] = 1;
    InetSocketAddress socket =
        new InetSocketAddress(Inet6Address.getByAddress(null, octets, 5), 80);

    assertEquals("fe80::1", AddressText.of(socket));
    assertEquals("[fe80::1]", AddressText.inUrl(socket));
  }

  @Test
  void unknownAddressIsAllZeros() {
    assertEquals("::", AddressText.of(new InetSocketAddress("::", 80)));
    assertEquals("0.0.0.0", AddressText.inUrl(new InetSocketAddress("0.0.0.0", 80)));
  }

  @Test
  void hostThatWasNotLookedUpStaysAName() {
    assertEquals("a.example", AddressText.of(InetSocketAddress.createUnresolved("a.example", 80)));
  }
}
