# binascii: quoted-printable, strict base64, uuencoding.
import binascii

text = "Käse = 1.50 €\t\nnext line \n.\n".encode()
for options in ({}, {"quotetabs": True}, {"istext": False}, {"header": True}):
    packed = binascii.b2a_qp(text, **options)
    print(packed, binascii.a2b_qp(packed, header=options.get("header", False)) == text)
print(binascii.b2a_qp(b"x" * 80), binascii.a2b_qp(b"a=\nb=XY=3d=="))
for packed in (b"YWI=", b"YWI", b"Y=WI=", b"YWI=YQ==", b"=YWI=", b"YW I=", b"YWI=="):
    for strict in (False, True):
        try:
            print(binascii.a2b_base64(packed, strict_mode=strict))
        except binascii.Error as error:
            print(error)
# expect: b'K=C3=A4se =3D 1.50 =E2=82=AC=09\nnext line=20\n=2E\n' True
# expect: b'K=C3=A4se=20=3D=201.50=20=E2=82=AC=09\nnext=20line=20\n=2E\n' True
# expect: b'K=C3=A4se =3D 1.50 =E2=82=AC\t=0Anext line =0A.=0A' True
# expect: b'K=C3=A4se_=3D_1.50_=E2=82=AC=09\nnext_line_\n=2E\n' True
# expect: b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\nxxxxx' b'ab=XY=='
# expect: b'ab'
# expect: b'ab'
# expect: Incorrect padding
# expect: Incorrect padding
# expect: b'ab'
# expect: Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple of 4
# expect: Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4
# expect: Excess data after padding
# expect: b'ab'
# expect: Leading padding not allowed
# expect: b'ab'
# expect: Only base64 data is allowed
# expect: b'ab'
# expect: Excess padding not allowed
