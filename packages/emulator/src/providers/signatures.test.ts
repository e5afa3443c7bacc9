import { expect, test } from 'vitest';
import { awsAuthorization } from './aws-signature.js';
import { oauth1Authorization } from './oauth1-signature.js';

test('signs an OAuth 1 request with query and form as the published worked example does', () => {
    const header = oauth1Authorization({
        method: 'POST',
        url: 'https://api.twitter.com/1/statuses/update.json?include_entities=true',
        form: new URLSearchParams({ status: 'Hello Ladies + Gentlemen, a signed OAuth request!' }),
        consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
        consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
        token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
        tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
        nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
        timestamp: 1318622958,
    });
    expect(header).toContain('oauth_signature="tnnArxj06cWHq44gCs1OSKk%2FjLY%3D"');
});

test('PLAINTEXT sends the two secrets, percent-encoded, as the signature', () => {
    const header = oauth1Authorization({
        method: 'GET',
        url: 'https://api.example.com/',
        consumerKey: 'key',
        consumerSecret: 'a b',
        token: 'token',
        tokenSecret: 'c',
        signatureMethod: 'PLAINTEXT',
    });
    expect(header).toContain('oauth_signature="a%2520b%26c"');
});

test('signs an AWS request as the documentation example does', () => {
    const header = awsAuthorization({
        method: 'GET',
        url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        accessKeyId: 'AKIDEXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
        region: 'us-east-1',
        service: 'iam',
        now: new Date('2015-08-30T12:36:00Z'),
    });
    expect(header).toContain('SignedHeaders=content-type;host;x-amz-date');
    expect(header).toContain('Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
});
